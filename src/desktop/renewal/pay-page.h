/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page.h"
#include "renewal-model.h"

G_BEGIN_DECLS

/* Do I agree to pay this to them? From the confirmed fees on: it shows what is going on by itself,
 * a company's order to be approved, the signing request and the code, and why it does not go on. */
#define TJD_TYPE_PAY_PAGE (tjd_pay_page_get_type ())
G_DECLARE_FINAL_TYPE (TjdPayPage, tjd_pay_page, TJD, PAY_PAGE, TjdPage)

G_END_DECLS
