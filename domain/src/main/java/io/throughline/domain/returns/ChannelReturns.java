package io.throughline.domain.returns;

import io.throughline.domain.effect.Reply;
import java.util.Optional;

/**
 * Returns as channels keep them, for customers who ask there and for their staff. A channel answers a request once, so that the same answer given twice is
 * refused the second time: where the reply was lost, {@link #read} tells what came of it.
 */
public interface ChannelReturns {
    /** Empty: there is no such return. */
    Optional<ChannelReturn> read(ChannelReturnId id);

    Reply approve(ChannelReturnId id);

    /** The customer is told of it; {@code words} reach them, and are cut where they are longer than the channel takes. */
    Reply decline(ChannelReturnId id, Refusal reason, String words);
}
