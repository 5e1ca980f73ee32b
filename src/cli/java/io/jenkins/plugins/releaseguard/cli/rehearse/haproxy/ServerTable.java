// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.haproxy;

import io.jenkins.plugins.releaseguard.cli.rehearse.world.Backend;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Proxy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The tables of {@code show stat} and {@code show servers state}, with HAProxy 2.6's columns. Columns that the proxy doesn't keep are empty. */
final class ServerTable {
    private static final List<String> COLUMNS = List.of(
            ("pxname,svname,qcur,qmax,scur,smax,slim,stot,bin,bout,dreq,dresp,ereq,econ,eresp,wretr,wredis,status,weight,act,bck,"
                            + "chkfail,chkdown,lastchg,downtime,qlimit,pid,iid,sid,throttle,lbtot,tracked,type,rate,rate_lim,rate_max,"
                            + "check_status,check_code,check_duration,hrsp_1xx,hrsp_2xx,hrsp_3xx,hrsp_4xx,hrsp_5xx,hrsp_other,"
                            + "hanafail,req_rate,req_rate_max,req_tot,cli_abrt,srv_abrt,comp_in,comp_out,comp_byp,comp_rsp,lastsess,"
                            + "last_chk,last_agt,qtime,ctime,rtime,ttime,agent_status,agent_code,agent_duration,check_desc,agent_desc,"
                            + "check_rise,check_fall,check_health,agent_rise,agent_fall,agent_health,addr,cookie,mode,algo,conn_rate,"
                            + "conn_rate_max,conn_tot,intercepted,dcon,dses,wrew,connect,reuse,cache_lookups,cache_hits,srv_icur,"
                            + "src_ilim,qtime_max,ctime_max,rtime_max,ttime_max,eint,idle_conn_cur,safe_conn_cur,used_conn_cur,"
                            + "need_conn_est,uweight")
                    .split(","));
    private static final String STATE_COLUMNS =
            "# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight"
                    + " srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state"
                    + " srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl"
                    + " srv_check_port srv_check_addr srv_agent_addr srv_agent_port\n";

    /** Every type of row. */
    static final int ALL = -1;

    private static final int BACKENDS = 2;
    private static final int SERVERS = 4;

    private final Proxy proxy;
    private final String backend;

    ServerTable(Proxy proxy, String backend) {
        this.proxy = proxy;
        this.backend = backend;
    }

    /** @param types of rows: a sum of {@link #BACKENDS} and {@link #SERVERS}, or {@link #ALL} */
    String stat(int types) {
        StringBuilder table = new StringBuilder("# " + String.join(",", COLUMNS) + ",\n");
        long total = 0;
        int id = 0;
        for (Backend server : proxy.backends()) {
            total += server.total();
            Map<String, Object> row = new TreeMap<>(Map.of(
                    "svname", server.track().label(),
                    "scur", server.current(),
                    "stot", server.total(),
                    "econ", server.connectErrors(),
                    "status", status(server),
                    "weight", server.effectiveWeight(),
                    "uweight", server.weight(),
                    "lbtot", server.total(),
                    "type", 2,
                    "addr", "127.0.0.1:" + server.port()));
            row.put("sid", ++id);
            server.counts()
                    .byCode()
                    .forEach((code, count) ->
                            row.merge("hrsp_" + code / 100 + "xx", count, (a, b) -> (Long) a + (Long) b));
            table.append((types & SERVERS) == 0 ? "" : line(row));
        }
        if ((types & BACKENDS) == 0) {
            return table.append('\n').toString();
        }
        String status = proxy.backends().stream().anyMatch(b -> b.effectiveWeight() > 0) ? "UP" : "DOWN";
        int weight =
                proxy.backends().stream().mapToInt(Backend::effectiveWeight).sum();
        table.append(line(Map.of("svname", "BACKEND", "stot", total, "status", status, "weight", weight, "type", 1)));
        return table.append('\n').toString();
    }

    private String line(Map<String, Object> row) {
        return COLUMNS.stream()
                .map(c -> c.equals("pxname")
                        ? backend
                        : c.equals("mode") ? "http" : row.getOrDefault(c, "").toString())
                .collect(Collectors.joining(",", "", ",\n"));
    }

    String state() {
        StringBuilder table = new StringBuilder("1\n" + STATE_COLUMNS);
        int id = 0;
        for (Backend server : proxy.backends()) {
            id++;
            // 0 stopped, 2 running; admin flags 0x01 forced maintenance, 0x08 forced drain
            int operational = server.state() == Backend.State.MAINT ? 0 : 2;
            int administrative =
                    server.state() == Backend.State.MAINT ? 1 : server.state() == Backend.State.DRAIN ? 8 : 0;
            table.append("3 " + backend + ' ' + id + ' ' + server.track().label() + " 127.0.0.1 " + operational + ' '
                    + administrative + ' ' + server.weight() + ' ' + server.initialWeight() + " 0 1 0 2 0 0 0 0 - "
                    + server.port() + " - 0 0 - - 0\n");
        }
        return table.append('\n').toString();
    }

    private static String status(Backend server) {
        return switch (server.state()) {
            case READY -> "no check";
            case DRAIN -> "DRAIN";
            case MAINT -> "MAINT";
        };
    }
}
