package io.throughline.domain.failure;

/** An outside system whose calls a test makes go wrong. */
public interface TroubledSystem {
    /** The next call, whichever it is, meets this. */
    void meetsNext(Trouble trouble);

    /** What has not been met lies in wait no more. */
    void noMoreTrouble();
}
