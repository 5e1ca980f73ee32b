// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.secret;

import java.util.ArrayList;
import java.util.List;

/** The forms of providers' tokens, as their documentation and the public rule sets of gitleaks and detect-secrets have them. */
final class TokenForms {
    /** Each line the kind and its {@link TokenForm}s. A run of X and x is told by its alphabet, see {@link Alphabet}. */
    private static final String TABLE = """
        an AWS access key id|AKIA<u16>|ASIA<u16>|ABIA<u16>|ACCA<u16>
        an AWS Bedrock key|ABSK<b109-269>
        an Amazon marketplace token|amzn.mws.<h8>-<h4>-<h4>-<h4>-<h12>
        an Alibaba Cloud access key id|LTAI<a20>
        a Google API key|AIza<w35>
        a Google OAuth client secret|GOCSPX-<w28>
        a Google OAuth access token|ya29.<w20-500>
        an Azure client secret|<z3><d1>Q~<z31-34>
        a GitHub token|ghp_<a30-255>|gho_<a30-255>|ghu_<a30-255>|ghs_<a30-255>|ghr_<a30-255>|github_pat_<w30-255>
        a GitLab token|glpat-<w20-300>|gldt-<w20-100>|glrt-<w20-300>|glft-<w20-100>|glimt-<w20-100>|glcbt-<w20-100>|glptt-<h40>
        a GitLab token|glagent-<w50-100>|glsoat-<w20-100>|gloas-<w64>|glffct-<w20-100>|GR1348941<w20-100>
        a Bitbucket token|ATBB<a32>|ATCTT3<e100-300>
        an Atlassian API token|ATATT3<e100-300>
        a Slack token|xoxb-<w20-250>|xoxp-<w20-250>|xoxa-<w20-250>|xoxr-<w20-250>|xoxs-<w20-250>|xoxo-<w20-250>|xoxe-<w20-250>
        a Slack token|xoxe.xoxb-<w20-250>|xoxe.xoxp-<w20-250>|xapp-<w20-250>
        a Slack webhook|hooks.slack.com/services/T<u8-12>/B<u8-12>/<a20-30>|hooks.slack.com/workflows/T<u8-12>/A<u8-12>/<d15-20>/<a20-30>
        a Slack webhook|hooks.slack.com/triggers/T<u8-12>/<d10-15>/<a20-40>
        a Discord webhook|discord.com/api/webhooks/<d17-20>/<w60-80>|discordapp.com/api/webhooks/<d17-20>/<w60-80>
        a Discord bot token|M<w23-25>.<w6>.<w27-38>|N<w23-25>.<w6>.<w27-38>|O<w23-25>.<w6>.<w27-38>
        a Microsoft Teams webhook|.webhook.office.com/webhookb2/<w36>@<w36>/IncomingWebhook/<h32>/<w36>
        a Telegram bot token|<d8-10>:AA<w32-34>|bot<d8-10>:AA<w32-34>
        a PagerDuty integration address|events.pagerduty.com/integration/<h32>/enqueue
        a PagerDuty API key|u+<w18>
        an IFTTT webhook|/with/key/<w20-50>
        a Zapier webhook|hooks.zapier.com/hooks/catch/<d5-12>/<l6-12>
        a Stripe key|sk_live_<a10-250>|sk_test_<a10-250>|rk_live_<a10-250>|rk_test_<a10-250>|sk_prod_<a10-250>|whsec_<b32-100>
        a Square token|sq0atp-<w22-60>|sq0csp-<w40-60>|EAAA<w60>
        a PayPal or Braintree token|access_token$production$<l16>$<h32>
        a Plaid token|access-production-<h8>-<h4>-<h4>-<h4>-<h12>|access-development-<h8>-<h4>-<h4>-<h4>-<h12>
        a Razorpay key|rzp_live_<a14>|rzp_test_<a14>
        a Flutterwave key|FLWSECK_TEST-<l32>-X|FLWSECK-<l32>-X
        a Duffel token|duffel_live_<w43>|duffel_test_<w43>
        an EasyPost key|EZAK<a54>|EZTK<a54>
        a Shippo token|shippo_live_<h40>|shippo_test_<h40>
        a Shopify token|shpat_<H32>|shpca_<H32>|shppa_<H32>|shpss_<H32>
        a Twilio key|SK<h32>
        a SendGrid key|SG.<w22>.<w43>
        a Mailgun key|key-<h32>
        a Mailchimp key|<h32>-us<d1-2>
        a MailerSend token|mlsn.<h64>
        a Sendinblue key|xkeysib-<h64>-<a16>
        a Resend key|re_<a8>_<a24>
        an npm token|npm_<a36>
        a PyPI token|pypi-AgEIcHlwaS5vcmc<w50-1000>|pypi-AgENdGVzdC5weXBpLm9yZw<w50-1000>
        a RubyGems token|rubygems_<h48>
        a Clojars token|CLOJARS_<l60>
        a NuGet key|oy2<l43>
        a crates.io token|cio<a32>
        a Docker Hub token|dckr_pat_<w27>|dckr_oat_<w32>
        an Artifactory token|AKCp<a69>|cmVmd<a59>
        a HashiCorp Vault token|hvs.<w24-300>|hvb.<w100-400>|hvr.<w24-300>
        a Terraform Cloud token|<a14>.atlasv1.<e60-70>
        a Pulumi token|pul-<h40>
        a Doppler token|dp.pt.<a40-44>|dp.st.<e40-80>|dp.sa.<a40-44>|dp.ct.<a40-44>|dp.scim.<a40-44>|dp.audit.<a40-44>
        a Heroku key|HRKU-AA<w58>
        a DigitalOcean token|dop_v1_<h64>|doo_v1_<h64>|dor_v1_<h64>
        a Databricks token|dapi<h32>
        a Fly.io token|fo1_<w43>|fm1r_<b60-1000>|fm1a_<b60-1000>|fm2_<b60-1000>
        a Netlify token|nfp_<a36-60>|nfc_<a36-60>|nfo_<a36-60>|nfu_<a36-60>
        a Render key|rnd_<a28>
        a Scalingo token|tk-us-<w48>
        a Scaleway key|SCW<u17>
        a Cloudflare origin key|v1.0-<h24>-<h146>
        a Tailscale key|tskey-auth-<a10-20>-<a20-50>|tskey-api-<a10-20>-<a20-50>|tskey-client-<a10-20>-<a20-50>
        a PlanetScale token|pscale_tkn_<e32-64>|pscale_pw_<e32-64>|pscale_oauth_<e32-64>
        a Supabase key|sbp_<h40>|sb_secret_<w31>
        a Neon key|napi_<l64>
        an Aiven password|AVNS_<w19>
        a ClickHouse key|4b1d<a38>
        an OpenShift token|sha256~<w43>
        a Jenkins API token|11<h32>
        an Octopus Deploy key|API-<u26>
        a Buildkite token|bkua_<h40>|bkct_<h40>
        a CircleCI token|CCIPAT_<a20-30>_<h40>
        a Harness key|pat.<w22>.<a24>.<a20>|sat.<w22>.<a24>.<a20>
        a SonarQube token|squ_<h40>|sqp_<h40>|sqa_<h40>
        a Sourcegraph token|sgp_<H40>|sgp_<H16>_<H40>
        a LaunchDarkly key|sdk-<h8>-<h4>-<h4>-<h4>-<h12>|api-<h8>-<h4>-<h4>-<h4>-<h12>
        a Dynatrace token|dt0c01.<a24>.<a64>|dt0s01.<a8>.<a64>
        a Grafana token|glsa_<a32>_<H8>|glc_<b32-400>|eyJrIjoi<a70-400>
        a New Relic key|NRAK-<u27>|NRII-<w32>|NRJS-<h19>
        a Sentry token|sntryu_<h64>|sntrys_<e60-400>
        a Honeycomb key|hcaik_<l58>|hcxik_<l58>
        a Linear key|lin_api_<a40>
        a Notion token|ntn_<a40-60>|secret_<a43>
        an Airtable token|pat<a14>.<h64>
        a Figma token|figd_<w40-60>
        a Postman key|PMAK-<h24>-<h34>
        a Typeform token|tfp_<e59>
        a ReadMe key|rdme_<l70>
        a Contentful token|CFPAT-<w43>
        a Frame.io token|fio-u-<w64>
        a Mapbox secret token|sk.<w60-100>.<w22>
        a Dropbox token|sl.<w130-1500>
        a Facebook token|EAA<a90-400>
        a Yandex key|AQVN<w35-38>|t1.<w20-300>.<w86>
        an OpenAI key|sk-<a20>T3BlbkFJ<a20>|sk-proj-<w40-220>|sk-svcacct-<w40-220>|sk-admin-<w40-220>
        an Anthropic key|sk-ant-<w80-130>
        a Hugging Face token|hf_<a34>|api_org_<a34>
        a Replicate token|r8_<a37>
        a Perplexity key|pplx-<a48>
        a Groq key|gsk_<a52>
        an xAI key|xai-<a80>
        a Pinecone key|pcsk_<w60-80>
        a LangSmith key|lsv2_pt_<h32>_<h10>|lsv2_sk_<h32>_<h10>
        a Prefect token|pnu_<a36>|pnb_<a36>
        a 1Password secret key|A3-<u6>-<u6>-<u5>-<u5>-<u5>-<u5>|A3-<u6>-<u11>-<u5>-<u5>-<u5>
        a 1Password service account token|ops_eyJ<b200-2000>
        an age secret key|AGE-SECRET-KEY-1<u58>
        a MaxMind license key|<a6>_<a29>_mmk
        an Adobe client secret|p8e-<l32>
        a SettleMint token|sm_aat_<a16>|sm_pat_<a16>|sm_sat_<a16>
        an Alchemy key|alcht_<a30>
        an Infracost key|ico-<a32>
        a Deno Deploy token|ddp_<a36>|ddw_<a36>
        an Intra42 secret|s-s4t2ud-<h64>|s-s4t2af-<h64>
        a Defined Networking key|dnkey-<w26>-<w52>
        a JSON Web Token|eyJ<w8-4000>.eyJ<w8-8000>.<w10-2000>
        """;

    private static final List<List<TokenForm>> BY_FIRST = new ArrayList<>();
    private static final List<TokenForm> BY_SHAPE = new ArrayList<>();

    static {
        for (int c = 0; c < 128; c++) {
            BY_FIRST.add(new ArrayList<>());
        }
        TABLE.lines().forEach(line -> {
            String[] columns = line.split("\\|");
            for (int i = 1; i < columns.length; i++) {
                TokenForm form = new TokenForm(columns[0], columns[i]);
                (form.prefix().isEmpty() ? BY_SHAPE : BY_FIRST.get(form.prefix().charAt(0))).add(form);
            }
        });
    }

    private TokenForms() {}

    static void scan(String text, SecretSpans out) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean first = at == 0 || !isInside(text.charAt(at - 1));
            int end = c < 128 && (first || !Alphabet.ALNUM.has(c)) ? match(text, at, first, out) : -1;
            at = end > at ? end : at + 1;
        }
    }

    private static boolean isInside(char c) {
        return Alphabet.ALNUM.has(c) || c == '_';
    }

    private static int match(String text, int at, boolean first, SecretSpans out) {
        for (TokenForm form : BY_FIRST.get(text.charAt(at))) {
            int end = form.end(text, at);
            if (end > 0) {
                out.add(form.kind(), true, at, end);
                return end;
            }
        }
        if (first) {
            for (TokenForm form : BY_SHAPE) {
                int end = form.end(text, at);
                if (end > 0) {
                    out.add(form.kind(), true, at, end);
                    return end;
                }
            }
        }
        return -1;
    }
}
