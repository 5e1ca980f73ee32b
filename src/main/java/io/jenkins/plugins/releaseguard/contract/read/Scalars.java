// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.IdList;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.grammar.Amount;
import io.jenkins.plugins.releaseguard.contract.grammar.Amounts;
import io.jenkins.plugins.releaseguard.contract.grammar.Cursor;
import io.jenkins.plugins.releaseguard.contract.grammar.Durations;
import io.jenkins.plugins.releaseguard.contract.grammar.Ids;
import io.jenkins.plugins.releaseguard.contract.grammar.Nearest;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;
import io.jenkins.plugins.releaseguard.contract.grammar.ThresholdParser;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.FieldType;
import io.jenkins.plugins.releaseguard.contract.schema.NotYet;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * Reads one scalar as its field's type. The text comes as it was written: {@code version: 1.10} stays 1.10,
 * {@code off} stays off.
 */
final class Scalars {
    private final VariableSubstitution filler;
    private final Problems problems;
    private long ids;

    Scalars(Variables variables, Problems problems) {
        this.filler = new VariableSubstitution(variables, problems);
        this.problems = problems;
    }

    /** The text of a field, or of an item in it; null after an error. */
    String text(Field field, String raw, Position at) {
        return filler.fill(raw, field.place(), at);
    }

    /**
     * The value in the type that {@link FieldType} states, or null after an error (or where an open variable stands
     * for it).
     */
    Object value(Field field, String raw, Position at) {
        String text = text(field, raw, at);
        if (text == null || field.type() == FieldType.TEXT) {
            return text;
        }
        if (filler.unresolved(text)) {
            return null;
        }
        try {
            return counted(
                    field.type() == FieldType.CHOICE ? choice(field, text.strip(), at) : typed(field, text.strip()),
                    at);
        } catch (SyntaxProblem e) {
            problems.add(e.at(field.name().equals("apiVersion") ? ReadRule.VERSION : rule(field.type()), at));
            return null;
        }
    }

    /** Told once; after that none are taken. */
    private Object counted(Object value, Position at) {
        if (value instanceof IdList list) {
            boolean told = ids > Bounds.MOST_IDS;
            ids += list.size();
            if (ids > Bounds.MOST_IDS && !told) {
                problems.error(
                        ReadRule.SIZE,
                        at,
                        "up to here the contract names " + ids + " ids, the limit is " + Bounds.MOST_IDS
                                + ", includes and ranges counted",
                        "write shorter ranges, or link fewer ids");
            }
            return ids > Bounds.MOST_IDS ? null : list;
        }
        return value;
    }

    private static ReadRule rule(FieldType type) {
        return switch (type) {
            case DURATION -> ReadRule.DURATION;
            case THRESHOLD, MEASURE, CONDITION -> ReadRule.THRESHOLD;
            case IDS -> ReadRule.ID;
            default -> ReadRule.TYPE;
        };
    }

    private static Object typed(Field field, String text) throws SyntaxProblem {
        return switch (field.type()) {
            case NUMBER -> number(field, text);
            case BOOLEAN -> bool(field, text);
            case DURATION -> Durations.parse(text);
            case PERCENT -> percent(field, text);
            case THRESHOLD -> ThresholdParser.limit(text);
            case MEASURE -> ThresholdParser.measure(text);
            case CONDITION -> ThresholdParser.parse(text);
            case DATE -> date(field, text);
            case AMOUNT -> Amounts.parse(text);
            case IDS -> Ids.parse(text);
            default ->
                throw new IllegalStateException(
                        field.name() + " is " + field.type().text() + ", which no text stands for");
        };
    }

    private static Double number(Field field, String text) throws SyntaxProblem {
        Amount amount = Amounts.parse(text);
        if (!amount.unit().isEmpty()) {
            throw new SyntaxProblem(
                    0, field.name() + " is a plain number, not '" + Cursor.shorten(text) + "'", "take out the unit");
        }
        return amount.value();
    }

    private static Boolean bool(Field field, String text) throws SyntaxProblem {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "true", "on" -> true;
            case "no", "false", "off" -> false;
            default ->
                throw new SyntaxProblem(
                        0, field.name() + " is yes or no, not '" + Cursor.shorten(text) + "'", "write yes or no");
        };
    }

    private static Double percent(Field field, String text) throws SyntaxProblem {
        Amount amount = Amounts.parse(text);
        if (!amount.unit().equals("%") || amount.value() < 0 || amount.value() > 1) {
            throw new SyntaxProblem(
                    0,
                    field.name() + " is a percentage from 0% to 100%, not '" + Cursor.shorten(text) + "'",
                    "write for example 99%");
        }
        return amount.value();
    }

    private static LocalDate date(Field field, String text) throws SyntaxProblem {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new SyntaxProblem(
                    0,
                    field.name() + " is a date, not '" + Cursor.shorten(text) + "'",
                    "write year-month-day: 2026-11-01");
        }
    }

    private String choice(Field field, String text, Position at) throws SyntaxProblem {
        if (field.choices().contains(text)) {
            return text;
        }
        for (NotYet one : field.notYet()) {
            if (one.word().equals(text)) {
                problems.notYet(at, field.name() + ": " + text + " is not carried out: " + one.why(), one.fix());
                return text;
            }
        }
        throw new SyntaxProblem(
                0,
                field.name() + " can't be '" + Cursor.shorten(text) + "'",
                Nearest.to(text, field.choices())
                                .map(n -> "did you mean " + n + "? ")
                                .orElse("") + "one of " + String.join(", ", field.choices()));
    }
}
