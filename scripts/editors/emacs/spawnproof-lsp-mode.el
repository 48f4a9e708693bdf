;;; spawnproof-lsp-mode.el --- Spawnproof in lsp-mode -*- lexical-binding: t -*-

;; For the package lsp-mode, 9 or later: (load "…/spawnproof-lsp-mode.el") in the init file.
;; Spawnproof runs beside another server for Python, if there is one.

(with-eval-after-load 'lsp-mode
  (lsp-register-client
   (make-lsp-client
    :new-connection (lsp-stdio-connection '("spawnproof" "server"))
    :major-modes '(python-mode python-ts-mode)
    :server-id 'spawnproof
    :add-on? t)))

(dolist (hook '(python-mode-hook python-ts-mode-hook))
  (add-hook hook #'lsp-deferred))

(provide 'spawnproof-lsp-mode)
;;; spawnproof-lsp-mode.el ends here
