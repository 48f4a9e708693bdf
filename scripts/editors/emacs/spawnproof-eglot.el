;;; spawnproof-eglot.el --- Spawnproof in Eglot -*- lexical-binding: t -*-

;; For Emacs 29 or later, or Emacs 28 with the package eglot: (load "…/spawnproof-eglot.el") in the init file.
;; It starts with a Python or Java file, and then is there for the other files of the project, too. Eglot runs one server for a
;; buffer: leave out the modes in which you want another, such as jdtls in those of Java.

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '((python-mode python-ts-mode java-mode java-ts-mode yaml-mode yaml-ts-mode sh-mode bash-ts-mode
                  dockerfile-mode dockerfile-ts-mode dotenv-mode) . ("spawnproof" "server"))))

(dolist (hook '(python-mode-hook python-ts-mode-hook java-mode-hook java-ts-mode-hook))
  (add-hook hook #'eglot-ensure))

(provide 'spawnproof-eglot)
;;; spawnproof-eglot.el ends here
