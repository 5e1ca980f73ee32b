// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Says to each line what the test wants said; null keeps the connection open without a word. */
public final class FakeRuntimeApi implements AutoCloseable {
    public static final String TABLE =
            "# pxname,svname,scur,stot,status,weight,bck\n" + "app,old,1,100,UP,100,0\napp,new,2,7,UP,0,0\n\n";

    /** What a HAProxy says of itself and of a canary's server, where nothing speaks against giving it users. */
    public static String fit(String backend, String canary) {
        return "1\n# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight"
                + " srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state"
                + " srv_agent_state\n3 " + backend + " 1 " + canary + " 127.0.0.1 2 0 0 0 9 1 0 2 0 0\n\n"
                + "Name: HAProxy\nNbproc: 1\nProcess_num: 1\nPid: 7\nnode: fake\n\n";
    }

    public final List<String> asked = new CopyOnWriteArrayList<>();
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Function<String, String> answers;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    public FakeRuntimeApi(Function<String, String> answers) throws IOException {
        this.answers = answers;
        Thread thread = new Thread(this::serve, "fake-runtime-api");
        thread.setDaemon(true);
        thread.start();
    }

    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Whether whoever connected has closed the connection. */
    public boolean allLeft() throws IOException {
        for (Socket socket : open) {
            if (!socket.isClosed()) {
                socket.setSoTimeout(1000);
                if (socket.getInputStream().read() >= 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                StringBuilder line = new StringBuilder();
                for (int c = socket.getInputStream().read();
                        c >= 0 && c != '\n';
                        c = socket.getInputStream().read()) {
                    line.append((char) c);
                }
                asked.add(line.toString());
                String answer = answers.apply(line.toString());
                if (answer != null) {
                    OutputStream out = socket.getOutputStream();
                    out.write(answer.getBytes(StandardCharsets.UTF_8));
                    socket.close();
                }
            } catch (IOException e) {
                // the client went away, or the test is over
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
