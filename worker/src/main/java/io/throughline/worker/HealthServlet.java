package io.throughline.worker;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.function.BooleanSupplier;

/**
 * Whether this process runs ({@code /health/live}) and can work ({@code /health/ready}: PostgreSQL answers, else 503), as the
 * api-server tells of itself. Temporal is not asked: while it is down, messages wait, and what needs no process is done.
 */
final class HealthServlet extends HttpServlet {
    static final String LIVE = "/health/live";
    static final String READY = "/health/ready";

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient BooleanSupplier database;

    HealthServlet(BooleanSupplier database) {
        this.database = database;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean up = request.getServletPath().equals(LIVE) || database.getAsBoolean();
        response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.getWriter().write(up ? "{\"status\":\"UP\"}" : "{\"status\":\"PostgreSQL does not answer\"}");
    }
}
