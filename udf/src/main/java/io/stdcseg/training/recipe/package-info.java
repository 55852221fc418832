// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Recipes: everything that decides what a training yields, read and written as YAML. */
package io.stdcseg.training.recipe;
