// Keeps the report of a release under way fresh, and sends operators' and approvers' words. What is put in as HTML is only what the
// same page serves; everything else is text.
/* global Behaviour, crumb, dialog */
(function () {
  "use strict";

  const INTERVAL = 2000;
  const LONGEST = 30000;

  function post(url, fields) {
    return fetch(url, {
      method: "POST",
      headers: crumb.wrap({ "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" }),
      body: new URLSearchParams(fields).toString(),
    });
  }

  /** What the server had to say, whatever its kind of answer. */
  function message(response) {
    return response.text().then(function (text) {
      const type = response.headers.get("Content-Type") || "";
      if (type.startsWith("application/json")) {
        return JSON.parse(text).message;
      }
      if (type.startsWith("text/plain") && text.trim()) {
        return text.trim();
      }
      return response.status === 403 ? "You are not allowed to do that." : "Jenkins answered " + response.status + ".";
    });
  }

  function say(element, text, tone) {
    element.textContent = text;
    element.classList.remove("rg-good", "rg-bad");
    if (tone) {
      element.classList.add(tone);
    }
    element.hidden = false;
  }

  /** True while somebody writes or marks text there: it must not be pulled away. */
  function busy(element) {
    const writing = Array.from(element.querySelectorAll("textarea")).some(function (area) {
      return area.value !== "" || area === document.activeElement;
    });
    const selection = document.getSelection();
    const marking = selection && !selection.isCollapsed && element.contains(selection.anchorNode);
    return writing || marking;
  }

  function follow(root) {
    const url = root.dataset.url;
    const known = { body: root.dataset.body, panel: root.dataset.panel };
    const connection = root.querySelector(".rg-connection");
    let live = root.dataset.live === "true";
    let wait = INTERVAL;
    let timer = 0;
    let polling = false;

    function next() {
      clearTimeout(timer);
      if (live) {
        timer = setTimeout(poll, wait);
      }
    }

    function soon() {
      wait = INTERVAL;
      clearTimeout(timer);
      timer = setTimeout(poll, 300);
    }

    function refresh(part, revision) {
      const element = root.querySelector(".rg-" + part);
      if (revision === known[part] || busy(element)) {
        return Promise.resolve();
      }
      return fetch(url + "/" + part, { cache: "no-store" })
        .then(function (response) {
          if (!response.ok) {
            throw new Error(String(response.status));
          }
          return response.text();
        })
        .then(function (html) {
          const unfolded = Array.from(element.querySelectorAll("details")).map(function (details) {
            return details.open;
          });
          const template = document.createElement("template");
          template.innerHTML = html;
          element.replaceChildren(template.content);
          element.querySelectorAll("details").forEach(function (details, index) {
            details.open = unfolded[index] === true;
          });
          Behaviour.applySubtree(element, false);
          known[part] = revision;
        });
    }

    function poll() {
      if (document.hidden || !root.isConnected || polling) {
        next();
        return;
      }
      polling = true;
      fetch(url + "/data", { headers: { Accept: "application/json" }, cache: "no-store" })
        .then(function (response) {
          if (!response.ok) {
            throw new Error(String(response.status));
          }
          return response.json();
        })
        .then(function (data) {
          return refresh("body", data.body)
            .then(function () {
              return refresh("panel", data.panel);
            })
            .then(function () {
              wait = INTERVAL;
              connection.hidden = true;
              live = data.live;
              root.dataset.live = String(live);
            });
        })
        .catch(function () {
          wait = Math.min(wait * 2, LONGEST);
          say(connection, root.dataset.lost);
        })
        .then(function () {
          polling = false;
          countDown();
          next();
        });
    }

    /** A span of time as the server words it: two largest units. */
    function inWords(milliseconds) {
      const seconds = Math.max(0, Math.round(milliseconds / 1000));
      const units = [
        [86400, "day"],
        [3600, "hr"],
        [60, "min"],
        [1, "sec"],
      ];
      const first = units.findIndex(function (unit) {
        return seconds >= unit[0];
      });
      if (first < 0) {
        return "0 sec";
      }
      return units.slice(first, first + 2).reduce(
        function (told, unit) {
          const count = Math.floor(told.left / unit[0]);
          const word = unit[1] === "day" && count !== 1 ? "days" : unit[1];
          return { left: told.left % unit[0], words: count > 0 ? told.words.concat(count + " " + word) : told.words };
        },
        { left: seconds, words: [] }
      ).words.join(" ");
    }

    /** The time left to sign, and how long releases are open. */
    function countDown() {
      root.querySelectorAll(".rg-left").forEach(function (left) {
        left.textContent = inWords(Date.parse(left.dataset.until) - Date.now());
      });
      root.querySelectorAll(".rg-age").forEach(function (age) {
        age.textContent = inWords(Date.now() - Date.parse(age.dataset.since));
      });
    }

    /** Which release is spoken to: a list has many. */
    function recordOf(part) {
      return part.closest("[data-record]").dataset.record;
    }

    function send(record, what, fields, answer) {
      return post(url + "/" + record + "/" + what, fields)
        .then(function (response) {
          return message(response).then(function (text) {
            say(answer, text, response.ok ? "" : "rg-bad");
            if (response.ok) {
              soon();
            }
            return response.ok;
          });
        })
        .catch(function () {
          say(answer, root.dataset.lost, "rg-bad");
          return false;
        });
    }

    function operate(control) {
      // the page may replace the button while the dialog is open
      const record = recordOf(control);
      const card = control.closest(".rg-card");
      dialog
        .prompt(control.dataset.question, {
          message: control.dataset.consequence,
          okText: control.dataset.ok || control.textContent.trim(),
          type: control.dataset.destructive === "true" ? "destructive" : "default",
        })
        .then(
          function (reason) {
            const answer = (card && card.isConnected ? card : root).querySelector(".rg-answer");
            const fields = { command: control.dataset.command, reason: reason };
            if (control.dataset.shown) {
              fields.shown = control.dataset.shown;
            }
            if (Number(control.dataset.phase) >= 0) {
              fields.phase = control.dataset.phase;
            }
            send(record, control.dataset.command === "override" ? "override" : "operate", fields, answer);
          },
          function () {
            // thought better of it
          }
        );
    }

    function sign(form, approve) {
      const comment = form.querySelector("textarea");
      const phase = form.dataset.phase;
      const fields =
        Number(phase) >= 0
          ? { phase: phase, comment: comment.value }
          : { entry: form.dataset.entry, digest: form.dataset.digest, approve: approve, comment: comment.value };
      const answer = form.closest(".rg-card").querySelector(".rg-answer");
      send(recordOf(form), Number(phase) >= 0 ? "approvePhase" : "signOff", fields, answer).then(function (done) {
        if (done) {
          comment.value = "";
          comment.blur();
        } else {
          comment.focus();
        }
      });
    }

    function waive(form) {
      const reason = form.querySelector("textarea");
      const days = form.querySelector("input");
      const answer = form.closest(".rg-card").querySelector(".rg-answer");
      const fields = { finding: form.dataset.finding, reason: reason.value, days: days.value };
      send(recordOf(form), "waive", fields, answer).then(function (done) {
        if (done) {
          reason.value = "";
          reason.blur();
        } else {
          reason.focus();
        }
      });
    }

    function verify(button) {
      const checked = root.querySelector(".rg-checked");
      button.disabled = true;
      say(checked, button.dataset.busy);
      post(url + "/verify", {})
        .then(function (response) {
          return response.ok
            ? response.json()
            : message(response).then(function (text) {
                return { intact: false, message: text };
              });
        })
        .then(function (found) {
          say(checked, found.message, found.intact ? "rg-good" : "rg-bad");
        })
        .catch(function () {
          say(checked, root.dataset.lost, "rg-bad");
        })
        .then(function () {
          button.disabled = false;
        });
    }

    root.addEventListener("click", function (event) {
      const control = event.target.closest("[data-command]");
      const voice = event.target.closest("[data-approve]");
      const letGo = event.target.closest("[data-waive]");
      const check = event.target.closest(".rg-verify");
      if (control) {
        operate(control);
      } else if (voice) {
        sign(voice.closest(".rg-sign__form"), voice.dataset.approve);
      } else if (letGo) {
        waive(letGo.closest(".rg-waive"));
      } else if (check) {
        verify(check);
      }
    });
    if (live) {
      document.addEventListener("visibilitychange", function () {
        if (!document.hidden && live) {
          soon();
        }
      });
      next();
    }
  }

  Behaviour.specify(".rg-report", "release-guard", 0, function (root) {
    if (!root.dataset.ready) {
      root.dataset.ready = "true";
      follow(root);
    }
  });
})();
