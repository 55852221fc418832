// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Exact resampling and argmax of pictures, in plain Java. */
package io.stdcseg.pixel;
