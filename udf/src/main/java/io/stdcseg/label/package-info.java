// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Classes, label sets, and the label and mask files that hold their ids. */
package io.stdcseg.label;
