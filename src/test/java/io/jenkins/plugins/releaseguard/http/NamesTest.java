// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class NamesTest {
    private final List<Runnable> lookUps = new ArrayList<>();
    private final Names names = new Names(lookUps::add);

    /** C1: a name server that hangs holds one thread for a name, whoever waits for it. */
    @Test
    void aNameIsLookedUpOnceForAllWhoWait() {
        CompletableFuture<List<InetAddress>> first = names.find("127.0.0.1");
        CompletableFuture<List<InetAddress>> second = names.find("127.0.0.1");
        assertThat(lookUps).hasSize(1);
        assertThat(second).isNotDone();

        first.cancel(true);
        lookUps.get(0).run();
        assertThat(second).isCompletedWithValue(List.of(InetAddress.getLoopbackAddress()));
        assertThat(names.find("127.0.0.1")).isCompleted();
        assertThat(lookUps).hasSize(1);
    }

    @Test
    void whatIsNotFoundIsLookedUpAgain() {
        CompletableFuture<List<InetAddress>> none = names.find("no-such-host.invalid");
        lookUps.get(0).run();
        assertThatThrownBy(none::get).hasCauseInstanceOf(UnknownHostException.class);

        names.find("no-such-host.invalid");
        assertThat(lookUps).hasSize(2);
    }

    @Test
    void aLookUpThatFindsNoThreadIsAFailure() {
        Names full = new Names(task -> {
            throw new RejectedExecutionException("full");
        });
        assertThat(full.find("127.0.0.1")).isCompletedExceptionally();
    }
}
