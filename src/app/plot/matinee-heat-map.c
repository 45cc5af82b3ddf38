/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-heat-map.h"

#include <glib/gi18n.h>

#include "matinee-plot-look.h"

/**
 * MatineeHeatMap:
 *
 * A table of values as colors, which fills in while one looks at it.
 *
 * ## By pointer
 * Hovering tells what is in a cell; a click chooses it.
 *
 * ## By keyboard
 * | keys | effect |
 * |---|---|
 * | arrows | to the next cell |
 * | Home, End | to the first, the last cell of the row |
 * | Ctrl+Home | to the best cell |
 * | Enter, Space | chooses the cell |
 *
 * ## CSS nodes
 * A single node named `heatmap`. Colors are those of a [class@Plot]; those of the
 * values are the same in all styles, with text in whichever of black and white is
 * easier to read on them.
 *
 * ## Accessibility
 * The role is `img`; the description holds the summary that was set and the cell that is
 * chosen.
 */
struct _MatineeHeatMap
{
  GtkWidget parent_instance;

  MatineeHeatGrid grid;
  MatineePlotRect area; /* of the cells, in the last frame */
  char *summary;
  MatineePlotSpeech speech;
};

G_DEFINE_FINAL_TYPE (MatineeHeatMap, matinee_heat_map, GTK_TYPE_WIDGET)

enum
{
  MOVED,
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define MIN_WIDTH 160
#define MIN_HEIGHT 120
#define NATURAL_WIDTH 480
#define NATURAL_HEIGHT 300

/* {{{ Speech */

static void
describe (MatineeHeatMap *self)
{
  g_autofree char *cell = self->grid.cursor >= 0 ? matinee_heat_grid_dup_text (&self->grid, self->grid.cursor) : NULL;
  g_autofree char *text = NULL;

  if (cell != NULL && self->summary != NULL)
    text = g_strdup_printf ("%s. %s", cell, self->summary);
  matinee_plot_speech_say (&self->speech, GTK_WIDGET (self), text != NULL ? text : cell != NULL ? cell : self->summary);
}

static void
changed (MatineeHeatMap *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  describe (self);
}

/* }}} */
/* {{{ Cursor */

static void
move_to (MatineeHeatMap *self, int cell)
{
  if (self->grid.cursor == cell)
    return;
  self->grid.cursor = cell;
  changed (self);
  g_signal_emit (self, signals[MOVED], 0);
}

static gboolean
step_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  MatineeHeatMap *self = MATINEE_HEAT_MAP (widget);
  MatineeHeatGrid *grid = &self->grid;
  int columns = (int) grid->n_columns;
  int dx, dy, column, row;

  g_variant_get (args, "(ii)", &dx, &dy);
  if (columns == 0)
    return GDK_EVENT_PROPAGATE;
  if (grid->cursor < 0)
    {
      move_to (self, MAX (grid->best, 0));
      return GDK_EVENT_STOP;
    }
  column = grid->cursor % columns + dx;
  row = grid->cursor / columns + dy;
  /* Off the edge, the key belongs to whatever is around. */
  if (column < 0 || column >= columns || row < 0 || row >= (int) grid->n_rows)
    return gtk_widget_keynav_failed (widget, dx < 0   ? GTK_DIR_LEFT
                                             : dx > 0 ? GTK_DIR_RIGHT
                                             : dy > 0 ? GTK_DIR_UP
                                                      : GTK_DIR_DOWN);
  move_to (self, row * columns + column);
  return GDK_EVENT_STOP;
}

/* To the first cell of the row (-1), the last (1), or to the best (0). */
static gboolean
jump_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  MatineeHeatMap *self = MATINEE_HEAT_MAP (widget);
  int columns = (int) self->grid.n_columns;
  int where = g_variant_get_int32 (args);
  int row;

  if (columns == 0)
    return GDK_EVENT_PROPAGATE;
  row = MAX (self->grid.cursor, 0) / columns;
  if (where != 0)
    move_to (self, row * columns + (where > 0 ? columns - 1 : 0));
  else if (self->grid.best >= 0)
    move_to (self, self->grid.best);
  return GDK_EVENT_STOP;
}

static gboolean
activate_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  MatineeHeatMap *self = MATINEE_HEAT_MAP (widget);

  if (self->grid.cursor < 0)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, signals[ACTIVATED], 0);
  return GDK_EVENT_STOP;
}

static void
pressed_cb (MatineeHeatMap *self, int n_press, double x, double y)
{
  int cell = matinee_heat_grid_pick (&self->grid, &self->area, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (cell < 0)
    return;
  move_to (self, cell);
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
install_keys (GtkWidgetClass *klass)
{
  static const struct
  {
    guint keys[2];
    int dx, dy;
  } arrows[] = {
    { { GDK_KEY_Left, GDK_KEY_KP_Left }, -1, 0 },
    { { GDK_KEY_Right, GDK_KEY_KP_Right }, 1, 0 },
    { { GDK_KEY_Up, GDK_KEY_KP_Up }, 0, 1 },
    { { GDK_KEY_Down, GDK_KEY_KP_Down }, 0, -1 },
  };
  static const guint enter[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter, GDK_KEY_space };

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    for (guint k = 0; k < 2; k++)
      gtk_widget_class_add_binding (klass, arrows[i].keys[k], 0, step_cb, "(ii)", arrows[i].dx, arrows[i].dy);
  for (guint i = 0; i < G_N_ELEMENTS (enter); i++)
    gtk_widget_class_add_binding (klass, enter[i], 0, activate_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_Home, 0, jump_cb, "i", -1);
  gtk_widget_class_add_binding (klass, GDK_KEY_End, 0, jump_cb, "i", 1);
  gtk_widget_class_add_binding (klass, GDK_KEY_Home, GDK_CONTROL_MASK, jump_cb, "i", 0);
}

/* }}} */
/* {{{ Widget */

static void
matinee_heat_map_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MatineeHeatMap *self = MATINEE_HEAT_MAP (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  g_auto (MatineePlotStyle) style = { 0 };
  cairo_t *cr;

  if (width < 1 || height < 1)
    return;
  matinee_plot_style_init_for_widget (&style, widget);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  matinee_heat_grid_draw (&self->grid, cr, width, height, &style, &self->area);
  cairo_destroy (cr);
  if (gtk_widget_has_visible_focus (widget))
    matinee_plot_snapshot_focus (snapshot, &style, width, height);
}

static void
matinee_heat_map_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? NATURAL_WIDTH : NATURAL_HEIGHT;
}

static gboolean
matinee_heat_map_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  MatineeHeatMap *self = MATINEE_HEAT_MAP (widget);
  int cell = keyboard ? self->grid.cursor : matinee_heat_grid_pick (&self->grid, &self->area, x, y);
  g_autofree char *text = cell >= 0 ? matinee_heat_grid_dup_text (&self->grid, cell) : NULL;

  if (text != NULL)
    gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

static void
matinee_heat_map_dispose (GObject *object)
{
  matinee_plot_speech_clear (&MATINEE_HEAT_MAP (object)->speech);

  G_OBJECT_CLASS (matinee_heat_map_parent_class)->dispose (object);
}

static void
matinee_heat_map_finalize (GObject *object)
{
  MatineeHeatMap *self = MATINEE_HEAT_MAP (object);

  matinee_heat_grid_clear (&self->grid);
  g_free (self->summary);

  G_OBJECT_CLASS (matinee_heat_map_parent_class)->finalize (object);
}

static void
matinee_heat_map_class_init (MatineeHeatMapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = matinee_heat_map_dispose;
  object_class->finalize = matinee_heat_map_finalize;
  widget_class->snapshot = matinee_heat_map_snapshot;
  widget_class->measure = matinee_heat_map_measure;
  widget_class->query_tooltip = matinee_heat_map_query_tooltip;

  /** MatineeHeatMap::moved: the cursor is in another cell */
  signals[MOVED]
      = g_signal_new ("moved", MATINEE_TYPE_HEAT_MAP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /** MatineeHeatMap::activated: the cell of the cursor was chosen, by pointer or by key */
  signals[ACTIVATED]
      = g_signal_new ("activated", MATINEE_TYPE_HEAT_MAP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  install_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "heatmap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
matinee_heat_map_init (MatineeHeatMap *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *click = gtk_gesture_click_new ();

  matinee_heat_grid_clear (&self->grid);
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_has_tooltip (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  matinee_heat_map_set_label (self, _ ("Heat Map"));
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
}

/* }}} */
/* {{{ Public */

/**
 * matinee_heat_map_new:
 *
 * Returns: (transfer floating): an empty heat map
 */
GtkWidget *
matinee_heat_map_new (void)
{
  return g_object_new (MATINEE_TYPE_HEAT_MAP, NULL);
}

/**
 * matinee_heat_map_get_grid:
 * @self: a heat map
 *
 * Returns: (transfer none): what it shows
 */
const MatineeHeatGrid *
matinee_heat_map_get_grid (MatineeHeatMap *self)
{
  return &self->grid;
}

/**
 * matinee_heat_map_set_axes:
 * @self: a heat map
 * @x_title: what goes from left to right
 * @columns: (array zero-terminated): labels of the columns
 * @y_title: (nullable): what goes from bottom to top
 * @rows: (nullable) (array zero-terminated): labels of the rows, the lowest first; %NULL
 *   for a single one without a label
 *
 * Forgets all values, and makes room for others.
 */
void
matinee_heat_map_set_axes (MatineeHeatMap *self, const char *x_title, const char *const *columns, const char *y_title,
                           const char *const *rows)
{
  g_return_if_fail (MATINEE_IS_HEAT_MAP (self));

  matinee_heat_grid_set_axes (&self->grid, x_title, columns, y_title, rows);
  changed (self);
}

void
matinee_heat_map_set_value_title (MatineeHeatMap *self, const char *title)
{
  g_return_if_fail (MATINEE_IS_HEAT_MAP (self));

  g_free (self->grid.value_title);
  self->grid.value_title = g_strdup (title);
  changed (self);
}

/**
 * matinee_heat_map_set_cell:
 * @self: a heat map
 * @column: which
 * @row: which, the lowest is 0
 * @state: how the cell stands
 * @value: its value, if that is known; finite then
 */
void
matinee_heat_map_set_cell (MatineeHeatMap *self, guint column, guint row, MatineeHeatState state, double value)
{
  MatineeHeatCell *cell;

  g_return_if_fail (MATINEE_IS_HEAT_MAP (self));
  g_return_if_fail (column < self->grid.n_columns && row < self->grid.n_rows);

  cell = &self->grid.cells[row * self->grid.n_columns + column];
  if (state != MATINEE_HEAT_KNOWN)
    value = 0;
  if (cell->state == state && cell->value == value)
    return;
  *cell = (MatineeHeatCell){ state, value };
  changed (self);
}

/**
 * matinee_heat_map_set_best:
 * @self: a heat map
 * @column: which
 * @row: which
 *
 * Marks a cell as the best, and no other.
 */
void
matinee_heat_map_set_best (MatineeHeatMap *self, guint column, guint row)
{
  g_return_if_fail (MATINEE_IS_HEAT_MAP (self));
  g_return_if_fail (column < self->grid.n_columns && row < self->grid.n_rows);

  self->grid.best = (int) (row * self->grid.n_columns + column);
  changed (self);
}

void
matinee_heat_map_clear_best (MatineeHeatMap *self)
{
  g_return_if_fail (MATINEE_IS_HEAT_MAP (self));

  self->grid.best = -1;
  changed (self);
}

/**
 * matinee_heat_map_set_cursor:
 * @self: a heat map
 * @column: which
 * @row: which
 *
 * Moves the cursor, told by "moved".
 */
void
matinee_heat_map_set_cursor (MatineeHeatMap *self, guint column, guint row)
{
  g_return_if_fail (MATINEE_IS_HEAT_MAP (self));
  g_return_if_fail (column < self->grid.n_columns && row < self->grid.n_rows);

  move_to (self, (int) (row * self->grid.n_columns + column));
}

/**
 * matinee_heat_map_get_cursor:
 * @self: a heat map
 * @column: (out): where the cursor is
 * @row: (out): where the cursor is
 *
 * Returns: whether there is one
 */
gboolean
matinee_heat_map_get_cursor (MatineeHeatMap *self, guint *column, guint *row)
{
  if (self->grid.cursor < 0)
    return FALSE;
  *column = (guint) self->grid.cursor % self->grid.n_columns;
  *row = (guint) self->grid.cursor / self->grid.n_columns;
  return TRUE;
}

/**
 * matinee_heat_map_set_label:
 * @self: a heat map
 * @label: its name for screen readers
 */
void
matinee_heat_map_set_label (MatineeHeatMap *self, const char *label)
{
  g_return_if_fail (MATINEE_IS_HEAT_MAP (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/**
 * matinee_heat_map_set_summary:
 * @self: a heat map
 * @summary: (nullable): what it shows as a whole, in words
 *
 * Tells it to screen readers, after the cell that is chosen, at most once a second.
 */
void
matinee_heat_map_set_summary (MatineeHeatMap *self, const char *summary)
{
  g_return_if_fail (MATINEE_IS_HEAT_MAP (self));

  g_free (self->summary);
  self->summary = g_strdup (summary);
  describe (self);
}

/* }}} */
