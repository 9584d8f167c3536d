package io.throughline.worker;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * One task queue: how many of its activities this process carries out at a time, and how many a second all processes together may
 * begin, as Temporal counts them; 0 for as many as come.
 */
public record QueueSettings(
        @JsonProperty @Min(1) @Max(500) int slots,
        @JsonProperty @DecimalMin("0") double perSecond) {}
