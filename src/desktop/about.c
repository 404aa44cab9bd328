/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "about.h"

#include <glib/gi18n-lib.h>

#include "compat.h"

GtkWindow *
tjd_about_new (void)
{
  const char *const developers[] = { "The Tajdid developers", NULL };

  GtkWindow *window = g_object_new (
      ADW_TYPE_ABOUT_WINDOW, "application-name", _ ("Tajdid"), "application-icon",
      "app.tajdid.Tajdid", "version", TJD_VERSION, "developer-name", _ ("The Tajdid developers"),
      "developers", developers, "license-type", GTK_LICENSE_GPL_3_0, "comments",
      _ ("Renews residence permits from a desktop PC: fees, payment by token, and the way of "
         "passport and card.\n\nTajdid is no government’s software and belongs to none. The "
         "people, "
         "permits and accounts of the sandbox are invented."),
      /* Translators: your name, a line each. */
      "translator-credits", _ ("translator-credits"), "modal", TRUE, NULL);

  tjd_mend_names (GTK_WIDGET (window));
  return window;
}

static GtkWindow *
build (const char *name)
{
  g_autofree char *path = g_strconcat (TJD_RESOURCES, name, ".ui", NULL);
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (path);

  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, name));

  tjd_mend_names (GTK_WIDGET (window));
  tjd_close_on_escape (window);
  return window;
}

GtkWindow *
tjd_shortcuts_new (void)
{
  return build ("shortcuts");
}

GtkWindow *
tjd_help_new (void)
{
  return build ("help");
}
