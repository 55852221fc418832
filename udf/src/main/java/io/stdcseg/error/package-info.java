// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** What users are told: errors of one line, and warnings given once. */
package io.stdcseg.error;
