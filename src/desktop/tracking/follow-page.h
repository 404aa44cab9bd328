/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "order-model.h"
#include "page.h"

G_BEGIN_DECLS

/* Where is my passport? Its model is a TjdOrderModel. It asks again by itself while it is in sight.
 */
#define TJD_TYPE_FOLLOW_PAGE (tjd_follow_page_get_type ())
G_DECLARE_FINAL_TYPE (TjdFollowPage, tjd_follow_page, TJD, FOLLOW_PAGE, TjdPage)

G_END_DECLS
