/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The portal's collection account at the bank: the payee that people see and sign for. */
#define TJD_PAYEE_NUMBER "10002000"
#define TJD_PAYEE_EN "Tajdid collection account"
#define TJD_PAYEE_AR "حساب تحصيل تجديد"
