// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Line for Kafka.
 *
 * @param key lines with the same key stay in order
 * @param json an object, without a line end
 */
public record KafkaLine(String key, String json) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * A line as files have it.
     *
     * @param row what Jackson writes, such as a map in the order of its keys
     */
    static KafkaLine of(String key, Object row) throws JsonProcessingException {
        return new KafkaLine(key, MAPPER.writeValueAsString(row));
    }
}
