// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Streets: their ground, their weather, their traffic, and where things are put.
 *
 * <p>Places are given in street coordinates: s metres along the centre line, t metres to the right
 * of it. Traffic drives on the left.
 *
 * <p>A {@link io.stdcseg.scene.street.Town} is made by one of two sets of rules. {@code plain}
 * makes the sample clip's, whose pixels must not change; {@code varied} and {@code any} make
 * everything that there is to learn from.
 */
package io.stdcseg.scene.street;
