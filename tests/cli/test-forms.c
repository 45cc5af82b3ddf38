/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "archive-file.h"
#include "cli-run.h"

/* Files laid out like those of well-known data sets, from end to end. */

typedef struct
{
  const char *name;
  const char *ratings_name; /* in archives of the data set */
  const char *titles_name;
  const char *ratings;
  const char *titles;
  const char *form;
  gint64 users;
  gint64 movies;
  gint64 n;
  double low;
  double high;
  gint64 titles_n;
  gint64 untitled;
  const char *title; /* of the movie that is rated most */
} Form;

static const Form forms[] = {
  { "latest", "ml-latest/ratings.csv", "ml-latest/movies.csv",
    "userId,movieId,rating,timestamp\n1,1,4.0,964982703\n1,3,4.5,964981247\n2,1,0.5,964982224\n",
    "movieId,title,genres\n1,Toy Story (1995),Adventure|Animation\n3,\"American President, The (1995)\",Comedy\n",
    "MovieLens", 2, 2, 3, 0.5, 4.5, 2, 0, "Toy Story (1995)" },
  { "1m", "ml-1m/ratings.dat", "ml-1m/movies.dat",
    "1::1193::5::978300760\n1::661::3::978302109\n6040::661::4::956704746\n",
    "1193::One Flew Over the Cuckoo's Nest (1975)::Drama\n661::Mis\xe9rables: \"Les\" (1995)::Drama|Musical\n"
    "7::\"Open quote (1990)::Drama\n",
    "MovieLens 1M", 2, 2, 3, 3, 5, 3, 0, "Mis\u00e9rables: \"Les\" (1995)" },
  { "10m", "ml-10M100K/ratings.dat", "ml-10M100K/movies.dat",
    "1::122::5::838985046\n1::185::5::838983525\n2::185::3.5::868246450\n",
    "122::Boomerang (1992)::Comedy|Romance\n185::Net, The (1995)::Action|Crime|Thriller\n", "MovieLens 1M", 2, 2, 3,
    3.5, 5, 2, 0, "Net, The (1995)" },
  { "100k", "ml-100k/u.data", "ml-100k/u.item",
    "196\t242\t3\t881250949\n186\t302\t3\t891717742\n22\t302\t1\t878887116\n",
    "242|Kolya (1996)|24-Jan-1997||http://us.imdb.com/M/title-exact?Kolya%20(1996)|0|0|0|0|0|1|0|0|0|0|0|0|0|0|0|0|0|0|"
    "0\n"
    "302|Caf\xe9 au Lait (1993)|01-Jan-1997||http://us.imdb.com/x|0|0|0|0|0|1|0|0|1|0|0|0|0|0|1|0|0|0|0\n"
    "267|unknown||||1|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0\n",
    "MovieLens 100K", 3, 2, 3, 1, 3, 3, 0, "Caf\u00e9 au Lait (1993)" },
  { "netflix", "combined_data_1.txt", "movie_titles.csv",
    "1:\n1488844,3,2005-09-06\n822109,5,2005-05-13\n885013,4,2005-10-19\n2:\n2059652,4,2005-09-05\n822109,3,2005-12-"
    "27\n",
    "1,2003,Dinosaur Planet\n2,2004,Isle of Man TT 2004, Review\n3,NULL,Caract\xe8re\n", "Netflix Prize", 4, 2, 5, 3, 5,
    3, 0, "Dinosaur Planet (2003)" },
  { "book-crossing", "BX-Book-Ratings.csv", "BX-Books.csv",
    "\"User-ID\";\"ISBN\";\"Book-Rating\"\r\n\"276725\";\"034545104X\";\"0\"\r\n\"276726\";\"034545104X\";\"5\"\r\n"
    "\"276727\";\"N\xb0 8\";\"6\"\r\n\"276729\";\"052165615X\";\"3\"\r\n\"276729\";\"Z\";\"0\"\r\n",
    "\"ISBN\";\"Book-Title\";\"Book-Author\";\"Year-Of-Publication\"\r\n"
    "\"034545104X\";\"Flesh \\\"Tones\\\": A \\\"Novel\\\"\";\"M. J. Rose\";\"2002\"\r\n"
    "\"052165615X\";\"Help!; Level 1\";\"Philip Prowse\";\"1999\"\r\n\"N\xb0 8\";\"Caf\xe9\";\"X\";\"0\"\r\n",
    "Book-Crossing", 4, 4, 5, 0, 6, 3, 1, "Flesh \"Tones\": A \"Novel\" (2002)" },
  { "goodbooks", "ratings.csv", "books.csv", "user_id,book_id,rating\n1,258,5\n2,4081,4\n2,258,3\n",
    "book_id,goodreads_book_id,isbn,authors,original_publication_year,original_title,title\n"
    "258,1,439023483,Suzanne Collins,2008.0,The Hunger Games,\"The Hunger Games (The Hunger Games, #1)\"\n"
    "4081,2,,J,,,Untitled\n",
    "Goodbooks-10k", 2, 2, 3, 3, 5, 2, 0, "The Hunger Games (The Hunger Games, #1) (2008)" },
};

static void
check_info (const Form *form, CliRun *run)
{
  g_autoptr (GPtrArray) events = cli_run_events (run);
  JsonObject *info = cli_find_event (events, "info");
  JsonObject *diagnosis = json_object_get_object_member (info, "diagnosis");
  JsonObject *most = json_array_get_object_element (json_object_get_array_member (info, "most_rated"), 0);

  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpint (json_object_get_int_member (info, "users"), ==, form->users);
  g_assert_cmpint (json_object_get_int_member (info, "movies"), ==, form->movies);
  g_assert_cmpint (json_object_get_int_member (info, "ratings"), ==, form->n);
  g_assert_cmpint (json_object_get_int_member (info, "bad_lines"), ==, 0);
  g_assert_cmpfloat (json_object_get_double_member (info, "low"), ==, form->low);
  g_assert_cmpfloat (json_object_get_double_member (info, "high"), ==, form->high);
  g_assert_cmpint (json_object_get_int_member (info, "titles"), ==, form->titles_n);
  g_assert_cmpint (json_object_get_int_member (info, "movies_without_title"), ==, form->untitled);
  g_assert_cmpstr (json_object_get_string_member (most, "title"), ==, form->title);
  g_assert_true (json_object_get_boolean_member (diagnosis, "certain"));
  g_assert_cmpstr (json_object_get_string_member (diagnosis, "form"), ==, form->form);
}

static void
test_form (gconstpointer data)
{
  const Form *form = data;
  g_autofree char *ratings_name = g_strconcat (form->name, "-ratings", NULL);
  g_autofree char *titles_name = g_strconcat (form->name, "-titles", NULL);
  g_autofree char *ratings = cli_write (ratings_name, form->ratings);
  g_autofree char *titles = cli_write (titles_name, form->titles);
  g_autoptr (CliRun) run = cli_run ("info", ratings, "--movies", titles, "--json", NULL);
  g_autoptr (CliRun) train
      = cli_run ("train", ratings, "--movies", titles, "--json", "--iterations", "1", "--test-share", "0", NULL);
  g_autoptr (GPtrArray) train_events = cli_run_events (train);

  check_info (form, run);
  g_assert_cmpstr (train->err, ==, "");
  g_assert_cmpint (train->status, ==, 0);
  g_assert_cmpint (json_object_get_int_member (cli_find_event (train_events, "data"), "ratings"), ==, form->n);
}

/* The archive of a data set opens as it was downloaded, with its titles. */
static void
test_packed (gconstpointer data)
{
  const Form *form = data;
  const ArchiveFileMember members[] = { { "README", "About the data.\n", 0, 0 },
                                        { form->titles_name, form->titles, 0, 0 },
                                        { form->ratings_name, form->ratings, 0, 0 } };
  g_autofree char *name = g_strconcat (form->name, ".zip", NULL);
  g_autofree char *path = cli_path (name);
  g_autoptr (CliRun) run = NULL;

  archive_file_write (path, ARCHIVE_FILE_ZIP, members, G_N_ELEMENTS (members));
  run = cli_run ("info", path, "--json", NULL);
  check_info (form, run);
}

/* The flags of u.item become genres. */
static void
test_genre_flags (void)
{
  g_autofree char *ratings = cli_write ("u.data", forms[3].ratings);
  g_autofree char *titles = cli_write ("u.item", forms[3].titles);
  g_autofree char *model = cli_train ("u.npz", ratings, titles);
  g_autoptr (CliRun) run = cli_run ("recommend", model, "--user", "196", "--include-rated", "--genre", "Romance", NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (strstr (run->out, "Comedy|Drama|Romance"));
  g_assert_null (strstr (run->out, "Kolya"));
}

/* What a run says about ratings. */
static JsonObject *
read_info (CliRun *run, GPtrArray **events)
{
  g_assert_cmpint (run->status, ==, 0);
  *events = cli_run_events (run);
  return cli_find_event (*events, "info");
}

/* The same table in another order of columns gives the same ratings, and a mapping
 * says which is which. */
static void
test_columns (void)
{
  static const char *const tables[][2] = {
    { "user,item,rating\n1,10,3\n1,11,4\n2,10,5\n", NULL },
    { "rating,item,user\n3,10,1\n4,11,1\n5,10,2\n", NULL },
    { "a;b;c\n10;3;1\n11;4;1\n10;5;2\n", "--columns=user=c,movie=a,rating=b" },
    { "10;3;1\n11;4;1\n10;5;2\n", "--columns=user=3,movie=1,rating=2" },
    { "10,3,1\n11,4,1\n10,5,2\n", "--columns=movie=1,rating=2,user=3" },
  };
  g_autofree char *expected = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *path = cli_write ("table.csv", tables[i][0]);
      g_autoptr (CliRun) run
          = cli_run ("train", path, "--json", "--iterations", "3", "--user", "2", tables[i][1], NULL);
      g_autofree char *out = cli_run_without_seconds (run);

      g_assert_cmpint (run->status, ==, 0);
      if (expected == NULL)
        expected = g_steal_pointer (&out);
      else
        g_assert_cmpstr (out, ==, expected);
    }
}

static void
test_uncertain (void)
{
  g_autofree char *numbers = cli_write ("numbers.csv", "1,2,3\n2,3,4\n");
  g_autofree char *plays = cli_write ("plays.csv", "user,artist,plays\n1,10,300\n1,11,2\n");
  g_autofree char *comma = cli_write ("comma.csv", "user;film;note\n1;10;3,5\n");
  g_autoptr (CliRun) train = cli_run ("train", numbers, NULL);
  g_autoptr (CliRun) info = cli_run ("info", numbers, NULL);
  g_autoptr (CliRun) json = cli_run ("info", numbers, "--json", NULL);
  g_autoptr (CliRun) implicit = cli_run ("train", plays, NULL);
  g_autoptr (CliRun) named = cli_run ("info", plays, "--rating-column", "plays", "--json", NULL);
  g_autoptr (CliRun) numbered = cli_run ("info", comma, "--columns", "rating=3", "--json", NULL);
  g_autoptr (CliRun) wrong = cli_run ("train", numbers, "--columns", "user=1,movie=9,rating=3", NULL);
  g_autoptr (CliRun) usage = cli_run ("train", numbers, "--columns", "users=1", NULL);
  g_autoptr (CliRun) delimiter = cli_run ("info", numbers, "--delimiter", "x", NULL);
  g_autoptr (CliRun) header = cli_run ("info", numbers, "--header", "perhaps", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (json);
  g_autoptr (GPtrArray) named_events = NULL;
  g_autoptr (GPtrArray) numbered_events = NULL;

  cli_assert_fails (train, 1, "--columns user=");
  g_assert_cmpstr (train->out, ==, "");
  cli_assert_fails (info, 1, "numbers.csv has no line that names its columns");
  g_assert_nonnull (strstr (info->out, "column 1"));
  g_assert_cmpint (json->status, ==, 1);
  g_assert_false (json_object_get_boolean_member (cli_find_event (events, "diagnosis"), "certain"));
  cli_assert_fails (implicit, 1, "“plays” seems to count");
  g_assert_cmpfloat (json_object_get_double_member (read_info (named, &named_events), "high"), ==, 300);
  g_assert_cmpfloat (json_object_get_double_member (read_info (numbered, &numbered_events), "high"), ==, 3.5);
  cli_assert_fails (wrong, 1, "no column “9”");
  cli_assert_fails (usage, 2, "--columns");
  cli_assert_fails (delimiter, 2, "--delimiter");
  cli_assert_fails (header, 2, "--header");
}

/* A guess that may be wrong is told. */
static void
test_guess_is_told (void)
{
  g_autofree char *path = cli_write ("no-names.csv", "501,1193,3\n502,661,4\n501,661,2\n502,1193,1\n");
  g_autoptr (CliRun) run = cli_run ("train", path, "--json", NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (strstr (run->err, "note: no-names.csv names no columns; they are taken as userId: column 1"));
}

static char *
write_bad_lines (const char *name, guint n, guint every)
{
  g_autoptr (GString) text = g_string_new ("userId,movieId,rating\n");

  for (guint i = 0; i < n; i++)
    if (i % every == every - 1)
      g_string_append_printf (text, "%u,%u,bad%u\n", i % 50, i, i);
    else
      g_string_append_printf (text, "%u,%u,%u\n", i % 50, i, i % 5 + 1);
  return cli_write (name, text->str);
}

static void
test_bad_lines (void)
{
  g_autofree char *few = write_bad_lines ("few.csv", 4000, 1500);
  g_autofree char *many = write_bad_lines ("many.csv", 4000, 40);
  g_autofree char *most = write_bad_lines ("most.csv", 400, 1);
  g_autoptr (CliRun) train_few = cli_run ("train", few, "--json", "--iterations", "1", NULL);
  g_autoptr (CliRun) train_many = cli_run ("train", many, "--json", NULL);
  g_autoptr (CliRun) skip_many = cli_run ("train", many, "--json", "--iterations", "1", "--skip-bad-lines", NULL);
  g_autoptr (CliRun) skip_most = cli_run ("train", most, "--skip-bad-lines", NULL);
  g_autoptr (CliRun) info_few = cli_run ("info", few, "--json", NULL);
  g_autoptr (CliRun) info_many = cli_run ("info", many, "--json", NULL);
  g_autoptr (GPtrArray) few_events = NULL;
  g_autoptr (GPtrArray) many_events = cli_run_events (info_many);
  JsonObject *info = read_info (info_few, &few_events);
  JsonObject *second = json_array_get_object_element (json_object_get_array_member (info, "first_bad_lines"), 1);

  g_assert_cmpint (train_few->status, ==, 0);
  g_assert_nonnull (strstr (train_few->err, "note: 2 bad lines were left out. The first: few.csv, line 1501, column "));
  g_assert_cmpint (json_object_get_int_member (info, "bad_lines"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (second, "line"), ==, 3001);
  g_assert_nonnull (strstr (json_object_get_string_member (second, "message"), "“bad2999”"));
  cli_assert_fails (train_many, 1, "100 lines are bad");
  g_assert_nonnull (strstr (train_many->err, "--skip-bad-lines"));
  g_assert_cmpint (skip_many->status, ==, 0);
  g_assert_nonnull (strstr (skip_many->err, "100 bad lines were left out"));
  cli_assert_fails (skip_most, 1, "400 lines are bad");
  cli_assert_fails (info_many, 1, "line 41");
  info = cli_find_event (many_events, "info");
  g_assert_cmpint (json_object_get_int_member (info, "bad_lines"), ==, 100);
  g_assert_cmpint (json_object_get_int_member (info, "ratings"), ==, 3900);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (info, "first_bad_lines")), ==, 20);
}

static void
test_oddities (void)
{
  g_autoptr (GString) text = g_string_new ("user_id,anime_id,rating\n");
  g_autofree char *path = NULL;
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) people = NULL;
  g_autoptr (GPtrArray) events = NULL;
  JsonObject *info;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (text, "%u,%u,%d\n", i % 100, i / 3, i % 4 == 0 ? -1 : (int) (i % 10) + 1);
  g_string_append (text, "777,1,99\n");
  path = cli_write ("anime.csv", text->str);
  run = cli_run ("info", path, "--json", NULL);
  people = cli_run ("info", path, NULL);
  info = read_info (run, &events);
  g_assert_cmpint (json_object_get_int_member (info, "users_with_one_rating"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (info, "movies_with_one_rating"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (info, "outliers"), ==, 1);
  g_assert_cmpfloat (json_object_get_double_member (info, "outlier_high"), ==, 99);
  g_assert_cmpint (json_object_get_int_member (info, "ratings_apart"), ==, 250);
  g_assert_cmpfloat (json_object_get_double_member (info, "apart"), ==, -1);
  g_assert_nonnull (strstr (people->out, "250 ratings are -1"));
}

/* evaluate, sweep and rate understand the options too. */
static void
test_commands (void)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", 20, 20);
  g_autofree char *model = cli_train ("model.npz", ratings, NULL);
  g_autofree char *test = cli_write ("test.txt", "10;1;3,5\n20;2;4\n40;3;1\n");
  g_autofree char *person = cli_write ("person.txt", "10;5\n20;1\n");
  g_autofree char *named = cli_write ("named.csv", "a|b|c\n1|10|3\n1|20|4\n2|10|5\n2|20|1\n3|10|2\n");
  g_autoptr (CliRun) evaluate
      = cli_run ("evaluate", model, "--test", test, "--columns", "user=2,movie=1,rating=3", NULL);
  g_autoptr (CliRun) rate = cli_run ("rate", person, "--model", model, "--columns", "movie=1,rating=2", NULL);
  g_autoptr (CliRun) rate_asks = cli_run ("rate", person, "--model", model, NULL);
  g_autoptr (CliRun) sweep
      = cli_run ("sweep", named, "--regularization", "1,2", "--columns", "user=a,movie=b,rating=c", "--json", NULL);

  g_assert_cmpint (evaluate->status, ==, 0);
  g_assert_cmpint (rate->status, ==, 0);
  cli_assert_fails (rate_asks, 1, "person.txt");
  g_assert_cmpint (sweep->status, ==, 0);
}

/* What is said about columns counts when a file of an archive is looked for, too. */
static void
test_packed_columns (void)
{
  static const ArchiveFileMember members[]
      = { { "README", "About the data.\n", 0, 0 }, { "marks.csv", "a|b|c\n1|10|3\n1|20|4\n2|10|5\n2|20|1\n", 0, 0 } };
  g_autofree char *zip = cli_path ("marks.zip");
  g_autoptr (CliRun) asks = NULL, train = NULL;

  archive_file_write (zip, ARCHIVE_FILE_ZIP, members, G_N_ELEMENTS (members));
  asks = cli_run ("train", zip, "--iterations", "1", NULL);
  train = cli_run ("train", zip, "--iterations", "1", "--columns", "user=a,movie=b,rating=c", NULL);
  cli_assert_fails (asks, 1, "marks.zip: marks.csv");
  g_assert_nonnull (strstr (asks->err, "--columns"));
  g_assert_cmpint (train->status, ==, 0);
}

/* Titles can be said to be written otherwise, too. */
static void
test_titles (void)
{
  g_autofree char *ratings = cli_write ("ratings.csv", "userId,movieId,rating\n1,1,3\n1,2,4\n2,1,5\n2,2,1\n");
  g_autofree char *odd = cli_write ("odd.csv", "x|y|z\n1|Heat, a Film|Drama\n2|Ran|War\n");
  g_autofree char *latin = cli_write_bytes ("latin.csv", "7;Caf\xe9;1\n8;Ran;2\n", -1);
  g_autoptr (CliRun) asks = cli_run ("info", ratings, "--movies", odd, NULL);
  g_autoptr (CliRun) said
      = cli_run ("info", ratings, "--movies", odd, "--movies-columns", "movie=x,title=y,genres=z", "--json", NULL);
  g_autoptr (CliRun) numbered = cli_run ("info", ratings, "--movies", latin, "--movies-columns", "movie=3,title=2",
                                         "--movies-header=no", "--movies-encoding=latin-1", "--json", NULL);
  g_autoptr (CliRun) delimiter = cli_run ("train", ratings, "--movies", odd, "--movies-delimiter", "x", NULL);
  g_autoptr (CliRun) columns = cli_run ("train", ratings, "--movies", odd, "--movies-columns", "rating=x", NULL);
  g_autoptr (CliRun) without = cli_run ("info", ratings, "--movies-delimiter", ";", NULL);

  cli_assert_fails (asks, 1, "--movies-columns");
  g_assert_cmpint (said->status, ==, 0);
  g_assert_nonnull (strstr (said->out, "\"Heat, a Film\""));
  g_assert_cmpint (numbered->status, ==, 0);
  g_assert_nonnull (strstr (numbered->out, "\"Café\""));
  cli_assert_fails (delimiter, 2, "--movies-delimiter");
  cli_assert_fails (columns, 2, "--movies-columns");
  g_assert_cmpint (without->status, ==, 0);
  g_assert_nonnull (strstr (without->err, "no titles"));
}

int
main (int argc, char **argv)
{
  cli_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/forms/", forms[i].name, NULL);
      g_autofree char *packed_path = g_strconcat ("/cli/forms/packed/", forms[i].name, NULL);

      g_test_add_data_func (path, &forms[i], test_form);
      g_test_add_data_func (packed_path, &forms[i], test_packed);
    }
  g_test_add_func ("/cli/forms/genre-flags", test_genre_flags);
  g_test_add_func ("/cli/forms/columns", test_columns);
  g_test_add_func ("/cli/forms/uncertain", test_uncertain);
  g_test_add_func ("/cli/forms/guess-is-told", test_guess_is_told);
  g_test_add_func ("/cli/forms/bad-lines", test_bad_lines);
  g_test_add_func ("/cli/forms/oddities", test_oddities);
  g_test_add_func ("/cli/forms/commands", test_commands);
  g_test_add_func ("/cli/forms/packed-columns", test_packed_columns);
  g_test_add_func ("/cli/forms/titles", test_titles);
  return cli_test_run ();
}
