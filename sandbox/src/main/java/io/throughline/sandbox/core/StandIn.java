package io.throughline.sandbox.core;

/**
 * One vendor played on its own wire format. {@link #handle} answers the vendor's callers, {@link #control} answers whoever
 * directs the play; faults are applied round {@code handle} by the server, so an implementation knows nothing of them.
 */
public interface StandIn {

    /** The name under which its port, ledger rows, faults and control paths are found, for example {@code shopify}. */
    String system();

    Response handle(Request request) throws Exception;

    /** A call below {@code /<system>} of the control port; the path comes without that prefix. */
    Response control(Request request) throws Exception;

    /** The name by which a fault rule can pick this call, for example {@code orderCapture} or {@code POST /v2/orders}. */
    String operation(Request request);

    /** What the vendor sends with this status, in its own shape. */
    default Response error(int status) {
        return Response.text(status, "HTTP " + status);
    }

    /** Fills an empty store with the sample retailer's data; called at the start and after each reset, so it must be repeatable. */
    default void seed() {}

    /** Stops background work before the stores are closed. */
    default void close() {}
}
