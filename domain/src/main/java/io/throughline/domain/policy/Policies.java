package io.throughline.domain.policy;

/** The policies of this deployment, by version. */
public interface Policies {
    OrderPolicy current();

    /** A version that is not kept any more is an error: versions are never deleted while an order may need them. */
    OrderPolicy version(String version);
}
