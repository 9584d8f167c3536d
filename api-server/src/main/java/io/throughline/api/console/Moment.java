package io.throughline.api.console;

/** An instant as people read it: how long ago, with the exact one behind it. */
public record Moment(String iso, String exact, String relative) {}
