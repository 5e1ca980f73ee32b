// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import jakarta.servlet.ServletException;
import java.io.IOException;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** Small answers to the page's script. */
final class Responses {
    private Responses() {}

    static HttpResponse json(JSONObject json) {
        return json(200, json);
    }

    static HttpResponse json(int status, JSONObject json) {
        return answer(response -> {
            response.setStatus(status);
            response.setContentType("application/json;charset=UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.getWriter().print(json);
        });
    }

    /** What a live page asks for again and again: whether it goes on, and what changes when one of its parts does. */
    static HttpResponse revisions(boolean live, String body, String panel) {
        return json(new JSONObject().element("live", live).element("body", body).element("panel", panel));
    }

    /** The same, thrown. */
    static HttpResponses.HttpResponseException refusal(int status, String message) {
        return new HttpResponses.HttpResponseException(message) {
            private static final long serialVersionUID = 1L;

            @Override
            public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
                    throws IOException, ServletException {
                refused(status, message).generateResponse(request, response, node);
            }
        };
    }

    /** Writes an answer. */
    interface Answer {
        void write(StaplerResponse2 response) throws IOException;
    }

    static HttpResponse answer(Answer answer) {
        return new HttpResponse() {
            @Override
            public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
                    throws IOException {
                answer.write(response);
            }
        };
    }

    /** A sentence for the person at the page. */
    static HttpResponse refused(int status, String message) {
        return json(status, new JSONObject().element("message", message));
    }
}
