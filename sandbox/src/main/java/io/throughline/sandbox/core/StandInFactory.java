package io.throughline.sandbox.core;

/** Found by {@link java.util.ServiceLoader}: each stand-in registers one in {@code META-INF/services}. */
public interface StandInFactory {

    StandIn create(SandboxContext context);
}
