;;; eglot.el --- What somebody does with Spawnproof in Eglot -*- lexical-binding: t -*-

(load (expand-file-name "common" (file-name-directory load-file-name)) nil t)
(require 'eglot)
(setq eglot-sync-connect limit
      eglot-connect-timeout limit
      eglot-confirm-server-initiated-edits nil
      eglot-confirm-server-edits nil)

(defvar versions (make-hash-table :test #'equal) "By URI, the version of the diagnostics that came last.")

(advice-add 'eglot-handle-notification :after
            (lambda (_server method &rest params)
              (when (eq method 'textDocument/publishDiagnostics)
                (puthash (plist-get params :uri) (plist-get params :version) versions))))

(defun settle ()
  "Wait until the diagnostics are those of the newest text."
  (eglot--signal-textDocument/didChange)
  (let ((uri (plist-get (eglot--TextDocumentIdentifier) :uri)))
    (await "diagnostics" (equal (gethash uri versions) eglot--versioned-identifier)))
  (flymake-start nil))

(defun open (file)
  (find-file (expand-file-name file project))
  (switch-to-buffer (current-buffer))
  (run-hooks 'post-command-hook) ; `eglot-ensure' waits for it.
  (await "a server" (eglot-managed-p))
  (settle))

(defun shown ()
  (sorted
   (cl-loop for diagnostic in (flymake-diagnostics)
            for lsp = (alist-get 'eglot-lsp-diag (flymake-diagnostic-data diagnostic))
            for type = (flymake-diagnostic-type diagnostic)
            for severity = (severity (plist-get lsp :severity))
            do (must-equal "Type" type (cdr (assoc severity '(("error" . eglot-error) ("warning" . eglot-warning)
                                                              ("information" . eglot-note)))))
            do (must-have (flymake-diagnostic-text diagnostic) (plist-get lsp :message))
            do (must-equal "Source" (plist-get lsp :source) "spawnproof")
            collect (list (flymake-diagnostic-beg diagnostic) (flymake-diagnostic-end diagnostic)
                          severity (plist-get lsp :code) (plist-get lsp :message)))))

(defun go-to (text)
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun hover (text)
  "Return what ElDoc shows at TEXT, once there is something."
  (go-to text)
  (let (shown)
    (run-hook-wrapped 'eldoc-documentation-functions
                      (lambda (function)
                        (funcall function (lambda (doc &rest _) (when doc (push (substring-no-properties doc) shown))))
                        nil))
    (await (concat "a hover of " text) (cl-find-if (lambda (doc) (> (length doc) 200)) shown))))

(defun act (title &optional kind)
  "Choose the action TITLE from the menu of `eglot-code-actions'; return the saved text."
  (let ((tick (buffer-chars-modified-tick)))
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt titles &rest _)
                 (let ((found (all-completions title titles)))
                   (must-equal "Titles" found (list title))
                   title))))
      (if kind
          (eglot-code-actions (point-min) (point-max) kind t)
        (call-interactively #'eglot-code-actions)))
    (await title (/= tick (buffer-chars-modified-tick))))
  (settle)
  (remember title (shown))
  (saved-text))

(deftry "Spawnproof is the server of Python files"
  (open "start_dont.py")
  (must-equal "Mode" major-mode (intern (getenv "SPAWNPROOF_MODE")))
  (must-equal "Encoding"
              (plist-get (eglot--capabilities (eglot-current-server)) :positionEncoding)
              (getenv "SPAWNPROOF_ENCODING")))

(deftry "diagnostics are those of the command line, in all files"
  (let ((findings (findings (decode-coding-string (file-text "findings.json") 'utf-8)))
        (files (directory-files project nil "\\.\\(py\\|sh\\)\\'")))
    (cl-assert (and (> (length findings) 6) (> (length files) 6)))
    (dolist (file files)
      (open file)
      (must-equal file (shown) (expected findings file)))))

(deftry "ElDoc shows the page of a finding"
  (open "inline_function_dont.py")
  (let ((text (hover "lambda")))
    (must-have text "A lambda is sent to another process, and a lambda cannot be pickled.")
    (must-have text "return pool.map(functools.partial(_task, factor), numbers)")))

(try-hovers)

(deftry "the command explains an error text"
  (must-have (jsonrpc-request (eglot-current-server) :workspace/executeCommand
                              (list :command "spawnproof.explain"
                                    :arguments (vector (decode-coding-string (file-text "log") 'utf-8))))
             "nested-function-crosses-process"))

(try-fixes)

(deftry "a finding is ignored here"
  (open "ignored.py")
  (go-to "lambda")
  (let ((before (file-text "project/ignored.py")))
    (must-equal "Text" (act "Ignore lambda-crosses-process on this line")
                (replace-regexp-in-string
                 "lambda.*?\\(\r\\)" "  # spawnproof: ignore[lambda-crosses-process]\r" before t t 1))))

(try-typing)

(deftry "the server ends when it is stopped"
  (let ((server (eglot-current-server)))
    (eglot-shutdown server nil limit)
    (await "the end of the connection" (not (jsonrpc-running-p server))))
  (ended))

(run-tests)
