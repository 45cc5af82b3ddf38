/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-plot-look.h"

/* Screen readers are told at most this often. */
#define SPEECH_INTERVAL G_TIME_SPAN_SECOND

static gboolean
is_high_contrast (GtkStyleContext *context)
{
  GtkSettings *settings = gtk_settings_get_for_display (gtk_style_context_get_display (context));
  g_autofree char *theme = NULL;
  GdkRGBA borders;

  /* libadwaita says it by strong borders, GTK's own themes by their name. */
  if (gtk_style_context_lookup_color (context, "borders", &borders)
      && gtk_style_context_lookup_color (context, "window_bg_color", &(GdkRGBA){ 0 }))
    return borders.alpha >= 0.4f && borders.alpha < 1.0f;

  g_object_get (settings, "gtk-theme-name", &theme, NULL);

  return theme != NULL && strstr (theme, "HighContrast") != NULL;
}

/**
 * matinee_plot_style_init_for_widget:
 * @style: (out caller-allocates): a style; free with [method@PlotStyle.clear]
 * @widget: a widget
 *
 * The palette and the font that go with how @widget looks now.
 */
void
matinee_plot_style_init_for_widget (MatineePlotStyle *style, GtkWidget *widget)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  PangoContext *pango = gtk_widget_get_pango_context (widget);
  double resolution = pango_cairo_context_get_resolution (pango);
  gboolean contrast = is_high_contrast (context);
  GdkRGBA background, foreground;
  gboolean dark;

  gtk_style_context_get_color (context, &foreground);
  if (gtk_style_context_lookup_color (context, "view_bg_color", &background))
    dark = matinee_plot_style_luminance (&background) < 0.4;
  else
    dark = matinee_plot_style_luminance (&foreground) > 0.4;

  matinee_plot_style_init (style, dark ? (contrast ? MATINEE_PLOT_DARK_CONTRAST : MATINEE_PLOT_DARK)
                                       : (contrast ? MATINEE_PLOT_LIGHT_CONTRAST : MATINEE_PLOT_LIGHT));
  style->font = pango_font_description_copy (pango_context_get_font_description (pango));
  style->text_scale = resolution > 0 ? resolution / 96.0 : 1.0;
  style->rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
}

/**
 * matinee_plot_snapshot_focus:
 * @snapshot: a snapshot
 * @style: how the widget looks
 * @width: of the widget
 * @height: of the widget
 *
 * Shows that the widget has the keyboard.
 */
void
matinee_plot_snapshot_focus (GtkSnapshot *snapshot, const MatineePlotStyle *style, int width, int height)
{
  float line = style->variant >= MATINEE_PLOT_LIGHT_CONTRAST ? 3 : 2;
  GdkRGBA color = style->series[0];
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, width, height), 6);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ line, line, line, line },
                              (GdkRGBA[4]){ color, color, color, color });
}

static void
say (MatineePlotSpeech *self, GtkWidget *widget)
{
  self->time = g_get_monotonic_time ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  self->text != NULL ? self->text : "", -1);
}

/* A sentence on its way. */
typedef struct
{
  MatineePlotSpeech *speech;
  GtkWidget *widget;
} Waiting;

static gboolean
wait_cb (gpointer data)
{
  Waiting *waiting = data;

  waiting->speech->source = 0;
  say (waiting->speech, waiting->widget);
  return G_SOURCE_REMOVE;
}

/**
 * matinee_plot_speech_say:
 * @self: the speech of @widget, to be cleared in its dispose
 * @widget: a widget
 * @text: (nullable): what it shows, in words
 *
 * Makes it the description of the widget, at once or when a second has passed since the
 * last: call it as often as the data change.
 */
void
matinee_plot_speech_say (MatineePlotSpeech *self, GtkWidget *widget, const char *text)
{
  gint64 wait = self->time + SPEECH_INTERVAL - g_get_monotonic_time ();
  Waiting *waiting;

  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  if (self->source != 0)
    return;
  if (self->time == 0 || wait <= 0)
    {
      say (self, widget);
      return;
    }
  waiting = g_new (Waiting, 1);
  waiting->speech = self;
  waiting->widget = widget;
  self->source = g_timeout_add_full (G_PRIORITY_DEFAULT, (guint) (wait / 1000) + 1, wait_cb, waiting, g_free);
}

/**
 * matinee_plot_speech_clear:
 * @self: a speech
 *
 * Keeps silent from now on.
 */
void
matinee_plot_speech_clear (MatineePlotSpeech *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->text, g_free);
}
