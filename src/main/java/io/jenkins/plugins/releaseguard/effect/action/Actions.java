// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.action;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Actions by kind. Those that every contract may name: {@link StandardActions}. */
public final class Actions {
    private final Map<String, ProcedureAction> byKind = new LinkedHashMap<>();

    /** @throws IllegalArgumentException two actions have one kind, or one declares what is no action */
    public Actions(Collection<? extends ProcedureAction> actions) {
        for (ProcedureAction action : actions) {
            if (action.kind().role() != SpecKind.Role.ACTION) {
                throw new IllegalArgumentException("the " + action.kind() + " is declared by an action");
            }
            if (byKind.putIfAbsent(action.kind().name(), action) != null) {
                throw new IllegalArgumentException("there are two of the " + action.kind());
            }
        }
    }

    /** All of them, in the order of the reference. */
    public Collection<ProcedureAction> all() {
        return List.copyOf(byKind.values());
    }

    /** What they declare. */
    public List<SpecKind> kinds() {
        return byKind.values().stream().map(ProcedureAction::kind).toList();
    }

    /**
     * Does one.
     *
     * @throws EffectException it did not come about, or nothing here can do its kind
     */
    public void perform(String key, String entry, ActionSpec action, ActionContext context)
            throws EffectException, InterruptedException {
        known(action).perform(new ActionCall(key, entry, action.settings(), context));
    }

    /** {@link #perform} as a call that nobody waits for; see {@link ProcedureAction#performAsync}. */
    public CompletableFuture<Void> performAsync(
            String key, String entry, ActionSpec action, ActionContext context, Executor blocking) {
        try {
            return known(action).performAsync(new ActionCall(key, entry, action.settings(), context), blocking);
        } catch (EffectException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** What an action calls at endpoints; of a kind that nothing here can do, what its fields say. */
    public List<EndpointUse> endpoints(ActionSpec action) {
        ProcedureAction known = byKind.get(action.kind());
        return known == null ? EndpointUse.of(action.settings()) : known.endpoints(action.settings());
    }

    private ProcedureAction known(ActionSpec action) throws EffectException {
        ProcedureAction known = byKind.get(action.kind());
        if (known == null) {
            throw new EffectException("nothing here can do '" + action.kind()
                    + "': do it by hand now, and name a job or a call in the contract");
        }
        return known;
    }
}
