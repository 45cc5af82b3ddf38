/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <locale.h>
#include <string.h>

#include "matinee-diagnosis.h"
#include "matinee-error.h"
#include "text-file.h"

/* How tables are told apart by their first lines. */

static const char *const letters[MATINEE_N_COLUMNS] = { "u", "m", "r", "t", "T", "G", "Y" };

/* A diagnosis in few words: delimiter, header, encoding, columns, how sure. */
static char *
show (const MatineeDiagnosis *diagnosis)
{
  static const char *const encodings[] = { "any", "utf-8", "latin-1" };
  const MatineeTextFormat *format = &diagnosis->format;
  g_autofree char *delimiter = matinee_diagnosis_describe_delimiter (diagnosis);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s %s %s", delimiter, format->has_header ? "header" : "data",
                          encodings[format->encoding]);
  for (guint c = 0; c < MATINEE_N_COLUMNS; c++)
    if (format->columns[c] >= 0)
      g_string_append_printf (text, " %s%d", letters[c], format->columns[c] + 1);
  if (format->decimal_comma)
    g_string_append (text, " comma");
  if (format->movie_lines)
    g_string_append (text, " lines");
  if (format->genre_flags >= 0)
    g_string_append_printf (text, " flags%d", format->genre_flags + 1);
  if (format->takes_rest)
    g_string_append (text, " rest");
  g_string_append (text, diagnosis->certain ? " certain" : diagnosis->usable ? " usable" : " unusable");
  g_assert_true (diagnosis->certain == (diagnosis->problem == NULL));
  g_assert_true (diagnosis->usable || !diagnosis->certain);
  return g_string_free (text, FALSE);
}

/* Says which case it is, whatever its bytes are. */
static void
tell_case (const char *text)
{
  g_autofree char *escaped = g_strescape (text, NULL);

  g_test_message ("%s", escaped);
}

static MatineeDiagnosis *
diagnose (const char *text, MatineeTable table, const MatineeTextHints *hints)
{
  g_autoptr (GError) error = NULL;
  MatineeDiagnosis *diagnosis
      = matinee_diagnosis_new_for_text (text, strlen (text), TRUE, "file", table, hints, &error);

  g_assert_no_error (error);
  return diagnosis;
}

typedef struct
{
  const char *text;
  const char *expected;
} Head;

static void
check_heads (const Head *heads, gsize n, MatineeTable table)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (MatineeDiagnosis) diagnosis = diagnose (heads[i].text, table, NULL);
      g_autofree char *shown = show (diagnosis);

      tell_case (heads[i].text);
      g_assert_cmpstr (shown, ==, heads[i].expected);
      g_assert_cmpuint (diagnosis->rows->len, >, 0);
    }
}

static void
test_ratings (void)
{
  static const Head heads[] = {
    { "userId,movieId,rating,timestamp\n1,1,4.0,964982703\n", ", header any u1 m2 r3 t4 certain" },
    { "\xef\xbb\xbfuserId,movieId,rating\n1,1,4.0\n", ", header utf-8 u1 m2 r3 certain" },
    { "rating,item_id,user_id\n1,1,4\n", ", header any u3 m2 r1 certain" },
    { "User-ID;ISBN;Book-Rating\n1;034545104X;0\n", "; header any u1 m2 r3 certain" },
    { "\"User-ID\";\"ISBN\";\"Book-Rating\"\r\n\"276725\";\"034545104X\";\"0\"\r\n", "; header any u1 m2 r3 certain" },
    { "user_id,book_id,rating\n1,258,5\n", ", header any u1 m2 r3 certain" },
    { "user_id,anime_id,rating\n1,20,-1\n", ", header any u1 m2 r3 certain" },
    { "user\tmovie\tscore\tdate\nann\theat\t3\t2005-09-06\n", "tab header any u1 m2 r3 t4 certain" },
    { "user|item|stars\n1|2|3\n", "| header any u1 m2 r3 certain" },
    { "uid mid rating\n1 2 3\n", "blank header any u1 m2 r3 certain" },
    { "reviewerID,asin,overall,unixReviewTime\nA2SUAM1J3GNN3B,0000013714,5.0,1252800000\n",
      ", header any u1 m2 r3 t4 certain" },
    { "id,user,film,note,rating\n1,2,3,a b,4\n", ", header any u2 m3 r5 certain" },
    { "user;item;rating\n1;10;3,5\n1;11;4\n", "; header any u1 m2 r3 comma certain" },
    { "user,item,rating\n1,10,\"3,5\"\n1,11,4\n", ", header any u1 m2 r3 comma certain" },
    { "user,item,rating\nZoë,10,3\n", ", header utf-8 u1 m2 r3 certain" },
    { "user,item,rating\nZo\xeb,10,3\n", ", header latin-1 u1 m2 r3 certain" },
    { "\n\nuser,item,rating\n1,10,3\n", ", header any u1 m2 r3 certain" },
    { "user,item,rating\n1,10\n1,2,3\n1\n", ", header any u1 m2 r3 certain" },
    /* Without names. */
    { "1::1193::5::978300760\n1::661::3::978302109\n", ":: data any u1 m2 r3 t4 certain" },
    { "1::122::5::838985046\n1::185::5::838983525\n10::1::1::838983421\n", ":: data any u1 m2 r3 t4 certain" },
    { "196\t242\t3\t881250949\n186\t302\t3\t891717742\n", "tab data any u1 m2 r3 t4 certain" },
    { "A2SUAM1J3GNN3B,0000013714,5.0,1252800000\n", ", data any u1 m2 r3 t4 certain" },
    { "1488844,1,3,2005-09-06\n822109,1,5,2005-05-13\n", ", data any u1 m2 r3 t4 certain" },
    { "196 242 3 881250949\n186 302 3 891717742\n", "blank data any u1 m2 r3 t4 certain" },
    { "1,31,2.5,1260759144\n", ", data any u1 m2 r3 t4 certain" },
    { "ann,heat,3\nbob,heat,4\n", ", data any u1 m2 r3 certain" },
    { "501,1193,3\n502,661,4\n", ", data any u1 m2 r3 certain" },
    { "1,2,3.5\n2,2,4\n", ", data any u1 m2 r3 certain" },
    { "1:\n1488844,3,2005-09-06\n822109,5,2005-05-13\n", ", data any u1 r2 t3 lines certain" },
    { "17:\r\n5,3\r\n", ", data any u1 r2 lines certain" },
    /* What could mean several things. */
    { "1,2,3\n2,3,4\n", ", data any u1 m2 r3 usable" },
    { "5,1,1193\n3,1,661\n", ", data any u1 m2 unusable" },
    { "1193,5,1\n661,3,1\n", ", data any u1 m2 r3 usable" },
    { "1193,5,1,978300760\n661,3,1,978302109\n", ", data any u1 m2 r3 t4 usable" },
    { "10;3,5;1;2015-03-01\n20;4;1;2015-03-02\n10;5;2;2015-04-17\n", "; data any u1 m3 r2 t4 comma usable" },
    { "ann,3,heat\n", ", data any u1 m2 unusable" },
    { "user,item,plays\n1,10,300\n", ", header any u1 m2 unusable" },
    { "user,item,plays\n1,10,30\n1,11,2\n", ", header any u1 m2 r3 usable" },
    { "reader,work,rating\n1,10,3\n", ", header any u1 m2 r3 usable" },
    { "movieId,title,genres\n1,Heat (1995),Action\n", ", header any unusable" },
    { "1::Toy Story (1995)::Animation|Comedy\n", ":: data any unusable" },
    { "userId,rating\n1,2\n", ", header any u1 r2 unusable" },
    { "just some words\n", "blank data any u1 m2 unusable" },
  };

  check_heads (heads, G_N_ELEMENTS (heads), MATINEE_TABLE_RATINGS);
}

static void
test_titles (void)
{
  static const Head heads[] = {
    { "movieId,title,genres\n1,Toy Story (1995),Animation|Comedy\n", ", header any m1 T2 G3 certain" },
    { "1::Toy Story (1995)::Animation|Comedy\n2::Star Wars: Episode IV::Action\n", ":: data any m1 T2 G3 certain" },
    { "\"ISBN\";\"Book-Title\";\"Book-Author\";\"Year-Of-Publication\"\n\"0195153448\";\"Classical "
      "\\\"x\\\"\";\"M\";\"2002\"\n",
      "; header any m1 T2 Y4 certain" },
    { "book_id,goodreads_book_id,isbn,original_publication_year,original_title,title\n1,2,3,2008.0,A,B\n",
      ", header any m1 T6 Y4 certain" },
    { "1|Toy Story (1995)|01-Jan-1995||http://x|0|0|0|1|1|1|0|0|0|0|0|0|0|0|0|0|0|0|0\n",
      "| data any m1 T2 flags6 certain" },
    { "1,2003,Dinosaur Planet\n2,2004,Isle of Man TT, Review\n3,NULL,Character\n", ", data any m1 T3 Y2 rest certain" },
    { "1\tHeat\n2\tAlien\n", "tab data any m1 T2 certain" },
    { "tt1,Heat\ntt2,Alien\n", ", data any m1 T2 usable" },
    { "anime_id,name,genre,type\n1,Cowboy Bebop,\"Action, Space\",TV\n", ", header any m1 T2 G3 certain" },
    { "userId,movieId,rating\n1,2,3\n", ", header any unusable" },
  };

  check_heads (heads, G_N_ELEMENTS (heads), MATINEE_TABLE_TITLES);
}

/* The same as hints, of constant text. */
typedef struct
{
  const char *delimiter;
  MatineeEncoding encoding;
  MatineeAnswer header;
  MatineeAnswer decimal_comma;
  const char *columns[4];
} Said;

static void
make_hints (MatineeTextHints *hints, const Said *said)
{
  hints->delimiter = g_strdup (said->delimiter);
  hints->encoding = said->encoding;
  hints->header = said->header;
  hints->decimal_comma = said->decimal_comma;
  for (gsize c = 0; c < G_N_ELEMENTS (said->columns); c++)
    hints->columns[c] = g_strdup (said->columns[c]);
}

static void
test_hints (void)
{
  static const struct
  {
    const char *text;
    Said said;
    const char *expected;
    const char *problem;
  } cases[] = {
    { "a,b,c\n1,2,3\n", { .columns = { "2", "1", "3" } }, ", header any u2 m1 r3 certain", NULL },
    { "a,b,c\n1,2,3\n", { .columns = { "B", "a", "c" } }, ", header any u2 m1 r3 certain", NULL },
    { "1,2,3\n", { .columns = { "3", "1", "2" } }, ", data any u3 m1 r2 certain", NULL },
    { "user,item,plays\n1,10,300\n", { .columns = { NULL, NULL, "plays" } }, ", header any u1 m2 r3 certain", NULL },
    { "user,item,rating,time\n1,10,3,5\n",
      { .columns = { NULL, NULL, NULL, "" } },
      ", header any u1 m2 r3 certain",
      NULL },
    { "userId,movieId,rating,mine\n1,2,3,4\n",
      { .columns = { NULL, NULL, "mine" } },
      ", header any u1 m2 r4 certain",
      NULL },
    { "movieId,userId,rating\n1,2,3\n", { .columns = { "movieId", "userId" } }, ", header any u1 m2 r3 certain", NULL },
    { "1,2;3,4;5,6\n", { .delimiter = ";", .columns = { "1", "2", "3" } }, "; data any u1 m2 r3 comma certain", NULL },
    { "1,2,3\n2,3,4\n",
      { .header = MATINEE_ANSWER_YES, .columns = { "1", "2", "3" } },
      ", header any u1 m2 r3 certain",
      NULL },
    { "user,item,rating\n1,2,3\n",
      { .header = MATINEE_ANSWER_NO, .columns = { "1", "2", "3" } },
      ", data any u1 m2 r3 certain",
      NULL },
    { "user,item,rating\nZo\xeb,2,3\n",
      { .encoding = MATINEE_ENCODING_UTF_8 },
      ", header utf-8 u1 m2 r3 certain",
      NULL },
    { "user,item,rating\nZoë,2,3\n",
      { .encoding = MATINEE_ENCODING_LATIN_1 },
      ", header latin-1 u1 m2 r3 certain",
      NULL },
    { "user;item;rating\n1;2;3\n",
      { .decimal_comma = MATINEE_ANSWER_YES },
      "; header any u1 m2 r3 comma certain",
      NULL },
    /* Mistakes. */
    { "user,item,rating\n1,2,3\n",
      { .columns = { "reader" } },
      ", header any u1 m2 r3 usable",
      "file has no column “reader”; its columns are “user”, “item”, “rating”, and can also be called by their numbers, "
      "from 1 to 3" },
    { "ann,2,3\n",
      { .columns = { "5" } },
      ", data any u1 m2 r3 usable",
      "file has no column “5”: its columns have no names, only numbers from 1 to 3" },
    { "user,item,rating\n1,2,3\n",
      { .columns = { "1", "1" } },
      ", header any u1 m1 r3 unusable",
      "file: column 1 can’t be both “userId” and “movieId”" },
    { "user,item,rating\n1,2,3\n",
      { .columns = { "2" } },
      ", header any u2 m1 r3 usable",
      "file, line 1: there is no column “movieId”. The columns found are “user”, “item”, “rating”; the first line "
      "should name them, as in “userId,movieId,rating”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (MatineeTextHints) hints = { NULL };
      g_autoptr (MatineeDiagnosis) diagnosis = NULL;
      g_autofree char *shown = NULL;

      make_hints (&hints, &cases[i].said);
      diagnosis = diagnose (cases[i].text, MATINEE_TABLE_RATINGS, &hints);
      shown = show (diagnosis);

      tell_case (cases[i].text);
      g_assert_cmpstr (shown, ==, cases[i].expected);
      g_assert_cmpstr (diagnosis->problem, ==, cases[i].problem);
    }
}

static void
test_preview (void)
{
  g_autoptr (MatineeDiagnosis) diagnosis
      = diagnose ("User;Item;Rating\n1;\"a;b\";3\n2;Zo\xeb;4;5\n", MATINEE_TABLE_RATINGS, NULL);
  g_autofree char *column = matinee_diagnosis_describe_column (diagnosis, MATINEE_COLUMN_MOVIE);
  GStrv first = diagnosis->rows->pdata[0], second = diagnosis->rows->pdata[1];

  g_assert_cmpuint (diagnosis->n_columns, ==, 4);
  g_assert_cmpuint (diagnosis->format.n_columns, ==, 3);
  g_assert_cmpstr (diagnosis->names[1], ==, "Item");
  g_assert_cmpstr (first[1], ==, "a;b");
  g_assert_cmpstr (second[1], ==, "Zoë");
  g_assert_cmpstr (second[3], ==, "5");
  g_assert_cmpstr (column, ==, "column 2, “Item”");
  g_assert_cmpuint (diagnosis->reasons->len, >, 0);
  g_assert_null (matinee_diagnosis_describe_column (diagnosis, MATINEE_COLUMN_TIME));
}

static void
test_forms (void)
{
  static const Head ratings[] = {
    { "userId,movieId,rating,timestamp\n1,1,4.0,964982703\n", "MovieLens" },
    { "1::1193::5::978300760\n", "MovieLens 1M" },
    { "196\t242\t3\t881250949\n", "MovieLens 100K" },
    { "17:\n1488844,3,2005-09-06\n", "Netflix Prize" },
    { "\"User-ID\";\"ISBN\";\"Book-Rating\"\n\"1\";\"2\";\"0\"\n", "Book-Crossing" },
    { "user_id,book_id,rating\n1,2,3\n", "Goodbooks-10k" },
    { "user,item,rating\n1,2,3\n", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ratings); i++)
    {
      g_autoptr (MatineeDiagnosis) diagnosis = diagnose (ratings[i].text, MATINEE_TABLE_RATINGS, NULL);

      g_assert_cmpstr (diagnosis->form, ==, ratings[i].expected);
    }
}

/* Whatever a file begins with, the diagnosis is made or an error is set, from a part of
 * it too. */
static void
test_any_head (void)
{
  static const char bytes[] = "1234567890,;:|\t \"\\\n\r.-ab\xc3\xa9\xeb";

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (round);
      g_autoptr (MatineeDiagnosis) diagnosis = NULL;
      g_autoptr (GError) error = NULL;
      char text[200];
      gsize n = (gsize) g_rand_int_range (rand, 0, sizeof text);

      for (gsize i = 0; i < n; i++)
        text[i] = bytes[g_rand_int_range (rand, 0, sizeof bytes - 1)];
      diagnosis = matinee_diagnosis_new_for_text (text, n, round % 2, "file", (MatineeTable) (round % 3), NULL, &error);
      g_assert_true ((diagnosis == NULL) == (error != NULL));
      if (diagnosis == NULL)
        continue;
      for (guint c = 0; c < MATINEE_N_COLUMNS; c++)
        g_assert_cmpint (diagnosis->format.columns[c], <, (int) diagnosis->format.n_columns);
      for (guint r = 0; r < diagnosis->rows->len; r++)
        for (char **field = diagnosis->rows->pdata[r]; *field != NULL; field++)
          g_assert_true (g_utf8_validate (*field, -1, NULL));
      g_assert_true (diagnosis->problem == NULL || g_utf8_validate (diagnosis->problem, -1, NULL));
    }
}

static void
test_long_first_line (void)
{
  g_autoptr (GString) text = g_string_new ("user,item,rating,");
  g_autoptr (MatineeDiagnosis) diagnosis = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *endless = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, "\n1,2,3,4\n");
  path = text_file_write ("wide.csv", text->str, -1);
  diagnosis = matinee_diagnosis_new (path, MATINEE_TABLE_RATINGS, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (diagnosis->certain);
  g_string_assign (text, "");
  for (guint i = 0; i < 3 << 20; i++)
    g_string_append_c (text, 'x');
  endless = text_file_write ("endless.csv", text->str, -1);
  g_assert_null (matinee_diagnosis_new (endless, MATINEE_TABLE_RATINGS, NULL, NULL, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "too long"));
}

int
main (int argc, char **argv)
{
  int status;

  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  text_file_begin ();
  g_test_add_func ("/diagnosis/ratings", test_ratings);
  g_test_add_func ("/diagnosis/titles", test_titles);
  g_test_add_func ("/diagnosis/hints", test_hints);
  g_test_add_func ("/diagnosis/preview", test_preview);
  g_test_add_func ("/diagnosis/forms", test_forms);
  g_test_add_func ("/diagnosis/any-head", test_any_head);
  g_test_add_func ("/diagnosis/long-first-line", test_long_first_line);
  status = g_test_run ();
  text_file_end ();
  return status;
}
