// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Defines the engine's and the simulation's classes anew, some of them changed; all else is the usual loader's. */
final class ChildFirstLoader extends ClassLoader {
    private static final String OURS = "io.jenkins.plugins.releaseguard.";

    private final Map<String, byte[]> changed;

    /** @param changed byte code by class name */
    ChildFirstLoader(Map<String, byte[]> changed) {
        super(ChildFirstLoader.class.getClassLoader());
        this.changed = changed;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known == null ? define(name) : known;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] code = changed.get(name);
        if (code == null) {
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                code = file.readAllBytes();
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
        return defineClass(name, code, 0, code.length);
    }
}
