package io.throughline.e2e;

import io.throughline.e2e.ShopOrders.Placed;
import java.util.List;

/** A channel that a process compares with what we know, and of which something gets lost. */
interface ComparedChannel {
    String account();

    /** By the name that the sandbox's faults know it by. */
    String system();

    /** What is to be asked in vain: operations as the sandbox's faults name them, in the order in which the process asks. */
    List<String> questions();

    /** An order of which nobody is told. */
    Placed lose();

    /** What is left at the channel beside its orders. */
    List<String> left();
}
