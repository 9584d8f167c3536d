package io.throughline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.common.metadata.POJOWorkflowImplMetadata;
import io.temporal.common.metadata.POJOWorkflowMethodMetadata;
import io.throughline.worker.attention.SweptType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A process that nobody looks after stands still unseen: whoever adds a type says in {@link SweptType} who notices. */
final class SweptTypesTest {
    @Test
    void theSweepKnowsEachTypeThatAWorkerRunsAndNoOther() {
        List<String> run = Workers.PROCESSES.stream()
                .map(POJOWorkflowImplMetadata::newInstance)
                .flatMap(process -> process.getWorkflowMethods().stream())
                .map(POJOWorkflowMethodMetadata::getName)
                .toList();

        assertThat(Arrays.stream(SweptType.values()).map(SweptType::typeName)).containsExactlyInAnyOrderElementsOf(run);
    }
}
