package io.throughline.domain.policy;

import java.time.Duration;
import java.util.Optional;

/**
 * What follows of what changes at an order's channel once its work is given out: its customer's address, the place where its work lies, what is
 * wanted, the time for which its money is authorised. {@code captureBefore} is how long before the end of that the money is taken of what is picked, or a person is
 * asked; empty: it is taken with the first goods that leave, and not before.
 */
public record ChangedOutside(
        OnAddress address, OnMove moved, Optional<Duration> captureBefore, OnExpiry expired, OnEdit edited) {
    /** Of an edit a person is asked. */
    public ChangedOutside(OnAddress address, OnMove moved, Optional<Duration> captureBefore, OnExpiry expired) {
        this(address, moved, captureBefore, expired, OnEdit.ASK);
    }

    /** For versions from before there was a choice. */
    public static ChangedOutside usual() {
        return new ChangedOutside(OnAddress.LEAVE, OnMove.LEAVE, Optional.empty(), OnExpiry.GO_ON);
    }

    /** What becomes of work whose customer's address has become another. */
    public enum OnAddress {
        /** It goes on; what is labelled later goes to the address of then. */
        LEAVE,
        /** What has not left is taken back and given out again; what has left is told to a person. */
        GIVE_AGAIN
    }

    /** What becomes of work that somebody has moved to another place at its channel. */
    public enum OnMove {
        /** It is done where we have given it. */
        LEAVE,
        /** It goes to that place, if that can do it; else a person is told. */
        FOLLOW
    }

    /** What becomes of an order whose channel wants more or less of a line than is given out. */
    public enum OnEdit {
        /** A person is asked about the difference, and what was given out is carried out. */
        ASK,
        /** What is more is reserved and given out; what is less is taken back where it is not packed yet, and only of the rest a person is asked. */
        PLAN
    }

    /** What becomes of the work of an order whose authorised money was not taken in time. */
    public enum OnExpiry {
        /** It goes on; a person is asked where the money can't be taken. */
        GO_ON,
        /** Nobody goes on with it until the money is there, or a person has decided. */
        HOLD
    }
}
