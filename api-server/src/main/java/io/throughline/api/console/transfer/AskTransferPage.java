package io.throughline.api.console.transfer;

import io.throughline.api.console.Choice;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;

/**
 * Where somebody asks for goods to go from one facility to another. {@code name} and {@code askedAt} are of the page: sent twice from it, it
 * is one transfer.
 */
public record AskTransferPage(
        String name, String askedAt, List<Choice> from, List<Choice> to, String lines, List<Choice> lengths)
        implements Page {
    @Override
    public String template() {
        return "askTransfer";
    }

    @Override
    public String title() {
        return "Ask for a transfer";
    }

    @Override
    public Section section() {
        return Section.STOCK;
    }

    /** What somebody types is nothing that could be kept up to date. */
    @Override
    public boolean live() {
        return false;
    }
}
