package io.throughline.sandbox.shopify;

import java.util.List;
import java.util.Optional;

/** A mutation's business refusal: nothing is changed, and the payload lists what was wrong. */
final class UserErrors extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One refusal; the code only where the payload's error type has one. */
    record UserError(Optional<String> code, List<String> field, String message) {}

    private final transient List<UserError> errors;

    UserErrors(List<UserError> errors) {
        super(errors.getFirst().message());
        this.errors = List.copyOf(errors);
    }

    static UserErrors of(String message, String... field) {
        return new UserErrors(List.of(new UserError(Optional.empty(), List.of(field), message)));
    }

    static UserErrors coded(String code, String message, String... field) {
        return new UserErrors(List.of(new UserError(Optional.of(code), List.of(field), message)));
    }

    /** The same refusals of one element of a list of the input, each about the last part of its field. */
    List<UserError> of(String list, int index) {
        return errors.stream()
                .map(error -> new UserError(
                        error.code(),
                        List.of(
                                "input",
                                list,
                                Integer.toString(index),
                                error.field().getLast()),
                        error.message()))
                .toList();
    }

    List<UserError> errors() {
        return errors;
    }
}
