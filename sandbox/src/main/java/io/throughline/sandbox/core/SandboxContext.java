package io.throughline.sandbox.core;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;

/** What a stand-in is given to play with. */
public record SandboxContext(
        Documents documents,
        Ledger ledger,
        Webhooks webhooks,
        Clock clock,
        SampleRetailer retailer,
        ObjectMapper json,
        SandboxConfig config) {}
