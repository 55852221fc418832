// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.FileErrors;
import io.stdcseg.tensor.pytorch.Storages.StorageRef;
import io.stdcseg.tensor.pytorch.StridedTensorReader.TensorRef;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateDictTest {

    private static final FileErrors ERRORS = new FileErrors("f");

    /** As classifiers are saved by scripts that compute their accuracy on tensors. */
    @Test
    void aScoreBesideTheNetworkIsNotTakenForIt() {
        TensorRef weight = tensor("0");
        Map<String, Object> root =
                Map.of("best_acc1", tensor("1"), "state_dict", Map.of("module.a", weight));

        assertThat(StateDict.of(root, ERRORS)).isEqualTo(Map.of("a", weight));
    }

    @Test
    void aLayerMayBeCalledLikeAnEntry() {
        Map<String, TensorRef> tensors = Map.of("model", tensor("0"), "net.a", tensor("1"));

        assertThat(StateDict.of(tensors, ERRORS)).isEqualTo(tensors);
    }

    private static TensorRef tensor(String key) {
        StorageRef storage = new StorageRef(key, ElementType.F32, 1, 0, 1);
        return new TensorRef(storage, 0, new long[] {1}, new long[] {1});
    }
}
