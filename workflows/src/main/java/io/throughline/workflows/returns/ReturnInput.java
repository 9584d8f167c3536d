package io.throughline.workflows.returns;

import io.throughline.domain.returns.ReturnId;
import java.util.Set;

/**
 * What the process of a return starts with. {@code localQueues}: their steps may be tried inside the workflow's task, as the order's own
 * policy has it. {@code labelled}: a label is bought for what the customer sends; runs that began before there were any have none.
 */
public record ReturnInput(ReturnId id, boolean byMail, String channelQueue, Set<String> localQueues, boolean labelled) {
    public ReturnInput {
        localQueues = Set.copyOf(localQueues);
    }

    /** Without a label. */
    public ReturnInput(ReturnId id, boolean byMail, String channelQueue, Set<String> localQueues) {
        this(id, byMail, channelQueue, localQueues, false);
    }
}
