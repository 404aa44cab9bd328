/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window.h"

#include <glib/gi18n-lib.h>

#include "compat.h"
#include "found-page.h"
#include "frame.h"
#include "words.h"

/* A page over a place. */
typedef struct {
  TjdPageId id;
  GObject *model;
} Level;

struct _TjdWindow {
  AdwApplicationWindow parent;
  TjdShell *shell;
  TjdFrame *frame;
  GObject *models[TJD_N_PAGES]; /* of places, and of the sign-in while it is shown */
  GPtrArray *levels;            /* of Level */
  TjdPageId place;
  char *personal_id; /* whose work it is */
  gboolean is_notice_dismissed;
};

G_DEFINE_FINAL_TYPE (TjdWindow, tjd_window, ADW_TYPE_APPLICATION_WINDOW)

static void
level_free (Level *level)
{
  g_object_unref (level->model);
  g_free (level);
}

static TjdPage *
make_page (TjdWindow *self, TjdPageId id)
{
  TjdPage *page = tjd_page_make (id, self->shell, self->models[id]);

  g_set_object (&self->models[id], G_OBJECT (tjd_page_get_model (page)));
  return page;
}

static void
set_action_enabled (TjdWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* The sign-in stands whatever the keyring says; that it is not kept is said until it was read. */
static void
follow_keyring (TjdWindow *self)
{
  TjdSession *session = tjd_shell_get_session (self->shell);
  gboolean is_signed_in = tjd_shell_get_state (self->shell) == TJD_SHELL_SIGNED_IN;
  g_autoptr (GError) error =
      is_signed_in && !self->is_notice_dismissed ? tjd_session_dup_keyring_error (session) : NULL;
  g_autoptr (TjdWords) words = NULL;
  g_autofree char *text = NULL;

  if (error != NULL) {
    words = tjd_words_new (tjd_shell_get_locale (self->shell), error, TJD_NOT_ABOUT_MONEY);
    /* Translators: %s is a sentence, what the matter is: "The keyring is locked." */
    text = g_strdup_printf (_ ("%s You are signed in until Tajdid is closed, and sign in again at "
                               "its next start."),
                            words->happened);
  }
  tjd_frame_set_notice (self->frame, text);
}

/* What is in sight has changed. */
static void
update (TjdWindow *self)
{
  TjdPage *page = self->frame != NULL ? tjd_frame_get_page (self->frame) : NULL;
  TjdPageClass *klass = page != NULL ? TJD_PAGE_GET_CLASS (page) : NULL;

  set_action_enabled (self, "refresh", klass != NULL && klass->refresh != NULL);
  set_action_enabled (self, "search", klass != NULL && klass->search != NULL);
  set_action_enabled (self, "print", klass != NULL && klass->print != NULL);
  set_action_enabled (self, "back", self->levels->len > 0);
  if (self->frame != NULL)
    follow_keyring (self);
  if (page != NULL)
    tjd_page_shown (page);
}

/* Places are filled when they are first seen. */
static void
on_place_changed (TjdWindow *self)
{
  self->place = tjd_frame_get_place (self->frame);
  if (tjd_shell_get_state (self->shell) != TJD_SHELL_SIGNED_IN)
    return;
  if (!tjd_frame_has_place (self->frame, self->place))
    tjd_frame_fill_place (self->frame, self->place, make_page (self, self->place));
  update (self);
}

static void
on_went_back (TjdWindow *self)
{
  if (self->levels->len > 0)
    g_ptr_array_remove_index (self->levels, self->levels->len - 1);
  update (self);
}

static void
forget_work (TjdWindow *self)
{
  g_ptr_array_set_size (self->levels, 0);
  for (guint id = 0; id < TJD_N_PAGES; id++)
    g_clear_object (&self->models[id]);
  self->place = TJD_PAGE_PERMITS;
}

static void
show_pages (TjdWindow *self)
{
  tjd_frame_show_place (self->frame, self->place);
  on_place_changed (self);
  for (guint i = 0; i < self->levels->len; i++) {
    Level *level = self->levels->pdata[i];
    tjd_frame_push (self->frame, level->id, tjd_page_make (level->id, self->shell, level->model));
  }
  tjd_frame_show_pages (self->frame);
}

static void
show_sign_in (TjdWindow *self)
{
  if (!tjd_frame_has_sign_in (self->frame))
    tjd_frame_fill_sign_in (self->frame, make_page (self, TJD_PAGE_SIGN_IN));
  tjd_frame_show_sign_in (self->frame);
}

/* A person who starts Tajdid for the first time sees the sign-in at once, while the services are
 * still being opened; one whose session is probably kept does not see it flash by. */
static void
show_opening (TjdWindow *self)
{
  if (g_settings_get_boolean (tjd_shell_get_settings (self->shell), "signed-in"))
    tjd_frame_show_opening (self->frame);
  else
    show_sign_in (self);
}

static void
show_state (TjdWindow *self)
{
  switch (tjd_shell_get_state (self->shell)) {
  case TJD_SHELL_OPENING:
    show_opening (self);
    break;
  case TJD_SHELL_CLOSED:
    tjd_frame_show_closed (self->frame, tjd_shell_get_error (self->shell));
    break;
  case TJD_SHELL_SIGNED_OUT:
    show_sign_in (self);
    break;
  case TJD_SHELL_SIGNED_IN:
    show_pages (self);
    break;
  }
  update (self);
}

static void
make_frame (TjdWindow *self)
{
  gtk_window_set_title (GTK_WINDOW (self), _ ("Tajdid"));
  self->frame = tjd_frame_new (self->shell);
  g_signal_connect_object (self->frame, "place-changed", G_CALLBACK (on_place_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->frame, "went-back", G_CALLBACK (on_went_back), self,
                           G_CONNECT_SWAPPED);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), GTK_WIDGET (self->frame));
  show_state (self);
}

/* Pages that were kept below the sign-in are the same person's; somebody else begins anew. What
 * was shown is still there: only the sign-in goes. */
static void
on_state_changed (TjdWindow *self)
{
  TjdShellState state = tjd_shell_get_state (self->shell);
  TjdSession *session = tjd_shell_get_session (self->shell);
  g_autofree char *personal_id =
      state == TJD_SHELL_SIGNED_IN ? tjd_session_dup_personal_id (session) : NULL;

  if (state == TJD_SHELL_SIGNED_OUT)
    self->is_notice_dismissed = FALSE;
  if (state == TJD_SHELL_SIGNED_OUT && tjd_shell_get_error (self->shell) == NULL)
    g_clear_pointer (&self->personal_id, g_free);
  if (state == TJD_SHELL_SIGNED_IN && g_strcmp0 (personal_id, self->personal_id) != 0) {
    forget_work (self);
    g_free (self->personal_id);
    self->personal_id = g_steal_pointer (&personal_id);
    make_frame (self);
  } else if (state == TJD_SHELL_SIGNED_IN) {
    g_clear_object (&self->models[TJD_PAGE_SIGN_IN]);
    tjd_frame_show_pages (self->frame);
    update (self);
  } else {
    show_state (self);
  }
}

static void
on_locale_changed (TjdWindow *self)
{
  make_frame (self);
}

static void
call (TjdWindow *self, gsize offset)
{
  TjdPage *page = tjd_frame_get_page (self->frame);
  void (*act) (TjdPage *) =
      page != NULL ? G_STRUCT_MEMBER (gpointer, TJD_PAGE_GET_CLASS (page), offset) : NULL;

  if (act != NULL)
    act (page);
}

static void
refresh (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  call (data, G_STRUCT_OFFSET (TjdPageClass, refresh));
}

static void
search (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  call (data, G_STRUCT_OFFSET (TjdPageClass, search));
}

static void
print (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  call (data, G_STRUCT_OFFSET (TjdPageClass, print));
}

static void
back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tjd_window_back (data);
}

static void
dismiss_notice (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TjdWindow *self = data;

  self->is_notice_dismissed = TRUE;
  follow_keyring (self);
}

static void
close_window (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_close (data);
}

static const GActionEntry actions[] = {
  { "refresh", refresh, NULL, NULL, NULL, { 0 } },
  { "search", search, NULL, NULL, NULL, { 0 } },
  { "print", print, NULL, NULL, NULL, { 0 } },
  { "back", back, NULL, NULL, NULL, { 0 } },
  { "close", close_window, NULL, NULL, NULL, { 0 } },
  { "dismiss-notice", dismiss_notice, NULL, NULL, NULL, { 0 } },
};

/* The person did something: the session is not idle. */
static gboolean
on_event (GtkEventController *controller, GdkEvent *event, gpointer data)
{
  TjdSession *session = tjd_shell_get_session (TJD_WINDOW (data)->shell);
  GdkEventType type = gdk_event_get_event_type (event);

  if (session != NULL && (type == GDK_KEY_PRESS || type == GDK_BUTTON_PRESS || type == GDK_SCROLL ||
                          type == GDK_TOUCH_BEGIN))
    tjd_session_touch (session);
  return GDK_EVENT_PROPAGATE;
}

static void
tjd_window_dispose (GObject *object)
{
  TjdWindow *self = TJD_WINDOW (object);

  self->frame = NULL;
  g_ptr_array_set_size (self->levels, 0);
  for (guint id = 0; id < TJD_N_PAGES; id++)
    g_clear_object (&self->models[id]);
  g_clear_object (&self->shell);
  G_OBJECT_CLASS (tjd_window_parent_class)->dispose (object);
}

static void
tjd_window_finalize (GObject *object)
{
  TjdWindow *self = TJD_WINDOW (object);

  g_ptr_array_unref (self->levels);
  g_free (self->personal_id);
  G_OBJECT_CLASS (tjd_window_parent_class)->finalize (object);
}

static void
tjd_window_class_init (TjdWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tjd_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = tjd_window_finalize;
}

static void
tjd_window_init (TjdWindow *self)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();

  self->levels = g_ptr_array_new_with_free_func ((GDestroyNotify) level_free);
  self->place = TJD_PAGE_PERMITS;
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_signal_connect (events, "event", G_CALLBACK (on_event), self);
  gtk_widget_add_controller (GTK_WIDGET (self), events);
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 294);
}

TjdWindow *
tjd_window_new (GtkApplication *application, TjdShell *shell)
{
  TjdWindow *self = g_object_new (TJD_TYPE_WINDOW, "application", application, "icon-name",
                                  "app.tajdid.Tajdid", NULL);
  GSettings *settings = tjd_shell_get_settings (shell);

  self->shell = g_object_ref (shell);
  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (shell, "notify::state", G_CALLBACK (on_state_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (shell, "locale-changed", G_CALLBACK (on_locale_changed), self,
                           G_CONNECT_SWAPPED);
  make_frame (self);
  tjd_found_watch (self, shell);
  return self;
}

TjdWindow *
tjd_window_of (gpointer page)
{
  GtkRoot *root = gtk_widget_get_root (page);

  return TJD_IS_WINDOW (root) ? TJD_WINDOW (root) : NULL;
}

void
tjd_window_open (TjdWindow *self, TjdPageId id, GObject *model)
{
  TjdPage *page = tjd_page_make (id, self->shell, model);
  Level *level = g_new (Level, 1);

  *level = (Level){ id, g_object_ref (tjd_page_get_model (page)) };
  g_ptr_array_add (self->levels, level);
  tjd_frame_push (self->frame, id, page);
  update (self);
}

void
tjd_window_open_alone (TjdWindow *self, TjdPageId place, TjdPageId id, GObject *model)
{
  Level *level = g_new (Level, 1);

  *level = (Level){ id, g_object_ref (model) };
  g_ptr_array_set_size (self->levels, 0);
  g_ptr_array_add (self->levels, level);
  self->place = place;
  make_frame (self);
}

void
tjd_window_back (TjdWindow *self)
{
  if (self->levels->len > 0)
    tjd_frame_pop (self->frame);
}

void
tjd_window_go (TjdWindow *self, TjdPageId place)
{
  g_ptr_array_set_size (self->levels, 0);
  self->place = place;
  make_frame (self);
}

void
tjd_window_toast (TjdWindow *self, const char *text, const char *undo_label, const char *action)
{
  g_autofree char *markup = g_markup_escape_text (text, -1); /* libadwaita takes titles so */
  AdwToast *toast = adw_toast_new (markup);

  adw_toast_set_button_label (toast, undo_label);
  if (action != NULL)
    adw_toast_set_detailed_action_name (toast, action);
  tjd_frame_add_toast (self->frame, toast);
  tjd_announce (GTK_WIDGET (self), text);
}
