;;; spawnproof-lsp-mode.el --- Spawnproof in lsp-mode -*- lexical-binding: t -*-

;; For the package lsp-mode, 9 or later: (load "…/spawnproof-lsp-mode.el") in the init file.
;; It starts with a Python or Java file, and then is there for the other files of the project, too; beside other servers, if there
;; are any.

(defconst spawnproof-lsp-modes
  '(yaml-mode yaml-ts-mode sh-mode bash-ts-mode dockerfile-mode dockerfile-ts-mode dotenv-mode)
  "Modes of the files beside Python and Java in which Spawnproof finds something.")

(defun spawnproof-lsp-join ()
  "Start lsp-mode in this buffer if Spawnproof runs in its folder already."
  (when (and buffer-file-name (featurep 'lsp-mode) (lsp-find-workspace 'spawnproof buffer-file-name))
    (lsp-deferred)))

(with-eval-after-load 'lsp-mode
  (add-to-list 'lsp-language-id-configuration '(dotenv-mode . "dotenv"))
  (lsp-register-client
   (make-lsp-client
    :new-connection (lsp-stdio-connection '("spawnproof" "server"))
    :major-modes `(python-mode python-ts-mode java-mode java-ts-mode . ,spawnproof-lsp-modes)
    :server-id 'spawnproof
    :add-on? t)))

(dolist (hook '(python-mode-hook python-ts-mode-hook java-mode-hook java-ts-mode-hook))
  (add-hook hook #'lsp-deferred))
(dolist (mode spawnproof-lsp-modes)
  (add-hook (intern (format "%s-hook" mode)) #'spawnproof-lsp-join))

(provide 'spawnproof-lsp-mode)
;;; spawnproof-lsp-mode.el ends here
