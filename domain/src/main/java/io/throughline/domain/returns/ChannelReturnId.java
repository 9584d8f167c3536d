package io.throughline.domain.returns;

import io.throughline.domain.account.AccountId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A channel's own name of a return that was asked for, or opened, there. */
public record ChannelReturnId(AccountId account, String number) {
    private static final Pattern SUBJECT = Pattern.compile("channel-return/([^/]+)/([0-9]{1,19})");

    /** The return that a message is about; empty when it is about another thing. */
    public static Optional<ChannelReturnId> about(String subject) {
        Matcher known = SUBJECT.matcher(subject);
        return known.matches()
                ? Optional.of(new ChannelReturnId(AccountId.of(known.group(1)), known.group(2)))
                : Optional.empty();
    }

    public String subject() {
        return "channel-return/" + account + "/" + number;
    }

    @Override
    public String toString() {
        return account + "/" + number;
    }
}
