// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** A body up to a bound: what is longer is cut, and its connection closed. */
final class BoundedBody implements BodySubscriber<BoundedBody.Body> {
    private final long most;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<Body> body = new CompletableFuture<>();
    private Flow.Subscription subscription;

    BoundedBody(long most) {
        this.most = most;
    }

    record Body(byte[] bytes, boolean truncated) {}

    @Override
    public CompletionStage<Body> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription to) {
        subscription = to;
        to.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            if (body.isDone()) {
                return;
            }
            byte[] some = new byte[(int) Math.min(part.remaining(), most - bytes.size())];
            part.get(some);
            bytes.writeBytes(some);
            if (part.hasRemaining()) {
                subscription.cancel();
                body.complete(new Body(bytes.toByteArray(), true));
            }
        }
    }

    @Override
    public void onError(Throwable error) {
        body.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        body.complete(new Body(bytes.toByteArray(), false));
    }
}
