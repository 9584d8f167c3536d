package io.throughline.workflows.returns;

import io.throughline.domain.returns.ReturnId;
import java.util.Set;

/**
 * What the process of a return starts with. {@code localQueues}: their steps may be tried inside the workflow's task, as the order's own
 * policy has it.
 */
public record ReturnInput(ReturnId id, boolean byMail, String channelQueue, Set<String> localQueues) {
    public ReturnInput {
        localQueues = Set.copyOf(localQueues);
    }
}
