package io.throughline.domain.intervention;

/** How a case stands by its clock: AT_RISK when four fifths of its time have passed, BREACHED when all of it has. */
public enum ServiceLevel {
    ON_TIME,
    AT_RISK,
    BREACHED
}
