// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Still pictures of any format as upright RGB. */
package io.stdcseg.picture;
