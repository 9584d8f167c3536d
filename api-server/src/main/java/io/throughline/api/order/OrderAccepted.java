package io.throughline.api.order;

import java.net.URI;
import java.util.Map;

/** The answer to a submission: the order's name here, the id of its process, and where to look. */
public record OrderAccepted(String orderId, String workflowId, String status, Map<String, URI> links) {}
