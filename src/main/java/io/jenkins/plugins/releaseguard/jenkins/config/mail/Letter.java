// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config.mail;

import hudson.Util;
import hudson.tasks.Mailer;
import io.jenkins.plugins.releaseguard.jenkins.config.Channel;
import io.jenkins.plugins.releaseguard.text.Lines;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Date;
import jenkins.model.JenkinsLocationConfiguration;

/** A mail to some addresses. */
record Letter(String to) implements Channel {
    private static final int LONGEST_SUBJECT = 120;

    static InternetAddress[] addresses(String text) throws IOException {
        try {
            InternetAddress[] read =
                    InternetAddress.parse(Util.fixNull(text).trim().replaceAll("[,;\\s]+", ","), true);
            if (read.length == 0) {
                throw new IOException("no mail address is named");
            }
            for (InternetAddress address : read) {
                address.validate();
            }
            return read;
        } catch (AddressException e) {
            throw new IOException("'" + e.getRef() + "' is no mail address: " + e.getMessage());
        }
    }

    @Override
    public void tell(String text, Duration limit) throws IOException {
        InternetAddress[] addresses = addresses(to);
        String server = Util.fixEmptyAndTrim(Mailer.descriptor().getSmtpHost());
        if (server == null) {
            throw new IOException("Jenkins knows no mail server: Manage Jenkins, System, E-mail Notification");
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // the mail library finds its own parts by it
        thread.setContextClassLoader(Transport.class.getClassLoader());
        try {
            Transport.send(message(addresses, text, limit));
        } catch (MessagingException e) {
            throw new IOException("the mail server " + server + " did not take it: " + why(e));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static MimeMessage message(InternetAddress[] addresses, String text, Duration limit)
            throws MessagingException {
        Session session = Mailer.descriptor().createSession();
        String millis = Long.toString(limit.toMillis());
        for (String step : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            session.getProperties().setProperty("mail.smtp." + step, millis);
        }
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(JenkinsLocationConfiguration.get().getAdminAddress()));
        message.setRecipients(Message.RecipientType.TO, addresses);
        message.setSubject(subject(text), "UTF-8");
        message.setText(text, "UTF-8");
        message.setSentDate(new Date());
        return message;
    }

    /** With dots of ASCII: a header that has anything else is written in a code that few mail logs undo. */
    private static String subject(String text) {
        return Lines.bounded(text, LONGEST_SUBJECT).replaceFirst("…$", "...");
    }

    /** The innermost reason: what wraps it only repeats that sending failed. */
    private static String why(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause().getMessage() != null) {
            cause = cause.getCause();
        }
        return Util.fixNull(cause.getMessage()).strip();
    }
}
