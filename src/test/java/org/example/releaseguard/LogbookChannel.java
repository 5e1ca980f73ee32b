// SPDX-License-Identifier: MIT
package org.example.releaseguard;

import hudson.Extension;
import hudson.model.ItemGroup;
import io.jenkins.plugins.releaseguard.jenkins.config.Channel;
import io.jenkins.plugins.releaseguard.jenkins.config.ChannelSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Writes what people are told into a book that lies in the control room. */
public final class LogbookChannel extends ChannelSetup {
    private final String book;

    @DataBoundConstructor
    public LogbookChannel(String id, String book) {
        super(id);
        this.book = book;
    }

    public String getBook() {
        return book;
    }

    @Override
    public Channel connect(ItemGroup<?> context) {
        return (text, limit) -> Files.writeString(
                Path.of(book), text + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Extension
    @Symbol("logbook")
    public static final class DescriptorImpl extends ChannelDescriptor {
        @Override
        public String getDisplayName() {
            return "Logbook";
        }
    }
}
