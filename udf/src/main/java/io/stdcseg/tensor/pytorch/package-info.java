// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The file formats of torch.save: pickles in zip archives and in the older layout, read without
 * running them.
 */
package io.stdcseg.tensor.pytorch;
