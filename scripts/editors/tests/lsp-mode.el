;;; lsp-mode.el --- What somebody does with Spawnproof in lsp-mode -*- lexical-binding: t -*-

(load (expand-file-name "common" (file-name-directory load-file-name)) nil t)
(setq lsp-client-packages nil ; No other servers: this would load some hundred files.
      lsp-session-file (expand-file-name "lsp-session" work)
      lsp-response-timeout limit
      lsp-enable-suggest-server-download nil
      lsp-enable-file-watchers nil
      lsp-enable-snippet nil
      lsp-restart 'ignore)
(load "lsp-mode-autoloads" nil t)
(require 'lsp-mode)
(require 'lsp-diagnostics)

(lsp-workspace-folders-add project)

(defvar versions (make-hash-table :test #'equal) "By URI, the version of the diagnostics that came last.")

(advice-add 'lsp--on-diagnostics :after
            (lambda (_workspace params)
              (puthash (lsp-get params :uri) (lsp-get params :version) versions)))

(defun settle ()
  "Wait until the diagnostics are those of the newest text."
  (lsp--flush-delayed-changes)
  (await "diagnostics" (equal (gethash (lsp--buffer-uri) versions) lsp--cur-version)))

(defun open (file)
  (find-file (expand-file-name file project))
  (switch-to-buffer (current-buffer))
  (must-equal "Deferred" lsp--buffer-deferred t)
  (unless (lsp-workspaces)
    (lsp--init-if-visible)) ; `lsp-deferred' does this once Emacs is idle.
  (await "a server" (and (lsp-workspaces)
                         (eq 'initialized (lsp--workspace-status (car (lsp-workspaces))))))
  (settle))

(defun shown ()
  (sorted
   (cl-loop for diagnostic in (gethash (lsp--fix-path-casing buffer-file-name) (lsp-diagnostics t))
            for range = (lsp-get diagnostic :range)
            do (must-equal "Source" (lsp-get diagnostic :source) "spawnproof")
            collect (list (lsp--position-to-point (lsp-get range :start))
                          (lsp--position-to-point (lsp-get range :end))
                          (severity (lsp-get diagnostic :severity))
                          (lsp-get diagnostic :code)
                          (lsp-get diagnostic :message)))))

(defun go-to (text)
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun hover (text)
  (go-to text)
  (lsp-get (lsp-get (lsp-request "textDocument/hover" (lsp--text-document-position-params)) :contents) :value))

(defun act (title &optional kind)
  "Execute the action TITLE at point, or of KIND in the buffer; return the saved text."
  (let ((tick (buffer-chars-modified-tick)))
    (if kind
        (lsp-execute-code-action-by-kind kind)
      (let ((found (cl-remove-if-not (lambda (action) (equal title (lsp-get action :title)))
                                     (append (lsp-code-actions-at-point) nil))))
        (must-equal "Number of such actions" (length found) 1)
        (lsp-execute-code-action (car found))))
    (await title (/= tick (buffer-chars-modified-tick))))
  (settle)
  (remember title (shown))
  (saved-text))

(deftry "Spawnproof is a server of Python files"
  (open "start_dont.py")
  (must-equal "Server" (lsp--client-server-id (lsp--workspace-client (car (lsp-workspaces)))) 'spawnproof))

(deftry "diagnostics are those of the command line, in all files"
  (let ((findings (findings (decode-coding-string (file-text "findings.json") 'utf-8)))
        (files (directory-files project nil "\\.\\(py\\|sh\\)\\'")))
    (cl-assert (and (> (length findings) 6) (> (length files) 6)))
    (dolist (file files)
      (open file)
      (must-equal file (shown) (expected findings file)))))

(deftry "hover shows the page of a finding"
  (open "inline_function_dont.py")
  (must-have (hover "lambda") "A lambda is sent to another process, and a lambda cannot be pickled."))

(try-hovers)

(try-fixes)

(try-typing)

(deftry "the server ends when it is stopped"
  (lsp-workspace-shutdown (car (lsp-workspaces)))
  (ended))

(run-tests)
