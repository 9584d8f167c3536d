package io.throughline.api.console;

import java.util.Optional;

/** Where somebody signs in; {@code next} is where they wanted to go. */
public record SignInPage(String next, Optional<String> problem, boolean passingThrough) {}
