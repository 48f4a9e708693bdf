;;; spawnproof-eglot.el --- Spawnproof in Eglot -*- lexical-binding: t -*-

;; For Emacs 29 or later, or Emacs 28 with the package eglot: (load "…/spawnproof-eglot.el") in the init file.
;; Eglot runs one server for a buffer: this one is then that of Python files.

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '((python-mode python-ts-mode) . ("spawnproof" "server"))))

(dolist (hook '(python-mode-hook python-ts-mode-hook))
  (add-hook hook #'eglot-ensure))

(provide 'spawnproof-eglot)
;;; spawnproof-eglot.el ends here
