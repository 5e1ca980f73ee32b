// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownDocumentTest {
    @ParameterizedTest(name = "[{index}] a heading")
    @ValueSource(
            strings = {
                "# Goals\ntext",
                "text\n## Goals ##\n",
                "   ### goals",
                "Goals\n=====\n",
                "text\n\nGoals\n---\n",
                "```\ncode\n```\n# Goals",
                "~~~ java\n```\n~~~~\n# Goals",
                "````\n```\n````\n# Goals",
                "    code\n\n# Goals",
                "<!-- a remark\nof two lines -->\n# Goals",
                "# Goals <!-- told by product -->",
                "write `<!--` to hide\n\n# Goals",
                "---\nauthor: Ada\n---\n# Goals",
                "> ```\n> code\n# Goals",
                "`````` is no fence``\n\n# Goals",
                "- a list\n  ```\n  code\n  ```\n\n# Goals",
                "<pre>\ncode\n</pre>\n# Goals",
            })
    void headings(String text) {
        assertThat(MarkdownDocument.read(text).hasHeading("Goals")).isTrue();
    }

    @ParameterizedTest(name = "[{index}] no heading")
    @ValueSource(
            strings = {
                "Goals",
                "#Goals",
                "####### Goals",
                "```\n# Goals\n```",
                "```markdown\n# Goals",
                "~~~\n```\n# Goals\n~~~",
                "````\n```\n# Goals\n````",
                "```\n    ```\n# Goals",
                "```\nGoals\n=====\n```",
                "- a list\n\n  ```\n  # Goals\n  ```",
                "1. ```\n   # Goals\n   ```",
                "> ```\n> # Goals\n> ```",
                "```\n> ```\n# Goals\n```",
                "text\n\n    # Goals",
                "text\n\n\t# Goals",
                "<!--\n# Goals\n-->",
                "<!-- # Goals -->",
                "<!--\n# Goals",
                "<!-- begun\n--> # Goals",
                "---\n# Goals\nauthor: Ada\n---\n",
                "<pre>\n# Goals\n</pre>",
                "Goals\n\n---",
            })
    void noHeadings(String text) {
        assertThat(MarkdownDocument.read(text).hasHeading("Goals")).isFalse();
    }

    @ParameterizedTest(name = "[{index}] a field")
    @ValueSource(
            strings = {
                "Reviewed-by: Ada",
                "- Reviewed-by: Ada",
                "* **Reviewed-by:** Ada",
                "**Reviewed-by**: Ada",
                "> Reviewed-by: Ada",
                "| Reviewed-by: Ada",
                "---\nreviewed-by: Ada\n---\n# Goals",
                "---\ntitle: x\nreviewed by: \"Ada\"\n---\n",
                "# Design\n\nReviewed-by: Ada",
                "==========\n    Author: Bob\n    Reviewed-by: Ada\n==========",
                "-*-\n    Reviewed-by: Ada",
                "- Authors:\n    - Bob\n    Reviewed-by: Ada",
                "```\ncode\n```\nReviewed-by: Ada",
            })
    void fields(String text) {
        assertThat(MarkdownDocument.read(text).field("reviewed-by")).isEqualTo("Ada");
    }

    @ParameterizedTest(name = "[{index}] no field")
    @ValueSource(
            strings = {
                "```\nReviewed-by: Ada\n```",
                "<!--\nReviewed-by: Ada\n-->",
                "text\n\n    Reviewed-by: Ada",
                "# A template\n    Reviewed-by: Ada",
                "A template\n----------\n    Reviewed-by: Ada",
                "A template\n=\n    Reviewed-by: Ada",
                "* * *\n    Reviewed-by: Ada",
                "> # A template\n    Reviewed-by: Ada",
                "> > ```\n> ```\n> Reviewed-by: Ada",
            })
    void noFields(String text) {
        assertThat(MarkdownDocument.read(text).field("reviewed-by")).isEmpty();
    }

    @ParameterizedTest(name = "[{index}] empty")
    @ValueSource(
            strings = {
                "",
                "# Goals\n\nReviewed-by: Ada\n",
                "---\nauthor: Ada\n---\n# Goals",
                "# Goals\n<!-- what is wanted,\nand what isn't -->\n",
            })
    void empty(String text) {
        assertThat(MarkdownDocument.read(text).isEmpty()).isTrue();
    }

    /** The build may write the documents, and a check can't be interrupted while it reads one. By the square it would take longer than a test may. */
    @Test
    void timeGrowsWithTheLength() {
        String comments = "a" + "<!--".repeat(1_000_000) + "\n# Goals";
        String blanks = "# a" + " ".repeat(1_500_000) + "b\n# Goals";

        assertThat(MarkdownDocument.read(comments).hasHeading("Goals")).isTrue();
        assertThat(MarkdownDocument.read(blanks).hasHeading("Goals")).isTrue();
    }

    @Test
    void codeIsContent() {
        assertThat(MarkdownDocument.read("# Goals\n```\n# a script\n```").isEmpty())
                .isFalse();
    }
}
